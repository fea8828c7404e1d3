/*
 * Shards: conversations divided among runs by their ids alone, so that runs
 * on any machines agree on whose a conversation is. ofuku-scale(7) promises
 * the function to those who divide their data by it.
 */
#ifndef OFUKU_TALK_SHARD_H
#define OFUKU_TALK_SHARD_H

#include <stdint.h>

#include "base/span.h"

/* 1 to n. */
uint64_t shard_of(struct span id, uint64_t n);

#endif

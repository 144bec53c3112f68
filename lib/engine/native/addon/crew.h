// The threads that operations of our own share their work with.
#pragma once

#include <cstdint>

// How many threads work on one operation, the one that runs it included; 1 until it is set.
void SetThreads(int count);
int Threads();

// Calls `work(context, part)` for the parts 0 ... count - 1, on as many threads at once as there are, and returns
// when all are done. Parts are taken in order by whoever is free, so they must not depend on each other. Where the
// crew is busy with another operation, the caller does all of them. Where a part throws std::bad_alloc, so does this,
// when the others are done; parts must throw nothing else, and share no work themselves.
void InParallel(int64_t count, void (*work)(void *context, int64_t part), void *context);

// The same for a function object.
template <typename Work>
void ForEachPart(int64_t count, const Work &work) {
  InParallel(
      count, [](void *context, int64_t part) { (*static_cast<const Work *>(context))(part); },
      const_cast<Work *>(&work));
}

// Room for `count` floats at a multiple of 64 bytes, or std::bad_alloc. It is the calling thread's own and stays until
// the thread asks for the same slot again. Slots: 0 ... 7.
float *Scratch(int slot, int64_t count);

// Lets go of the calling thread's rooms of more than 8 MB: nets of ordinary size get by with less, and go on using what
// they have. The crew's threads do so by themselves when they have no more parts to do.
void LetGoOfLargeRooms();

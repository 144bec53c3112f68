#include "crew.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>
#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace {

void Pause() {
#if defined(__x86_64__)
  _mm_pause();
#else
  std::this_thread::yield();
#endif
}

// How often a thread looks for more work before it sleeps: about 40 microseconds. The next operation
// of a training step mostly comes sooner, and to be woken takes about as long.
constexpr int kLooks = 2000;

// Waits for something that is about to happen. Where it takes long, the thread that it waits for has no processor:
// then it gives up its own.
template <typename Condition>
void WaitFor(const Condition &condition) {
  for (int look = 0; !condition(); look++) {
    if (look < kLooks) {
      Pause();
    } else {
      std::this_thread::yield();
    }
  }
}

constexpr int64_t kNothing = INT64_MAX / 2;

class Crew {
 public:
  void Run(int64_t count, void (*work)(void *, int64_t), void *context) {
    if (count > 1 && threads_ > 1 && helpers_ > 0) {
      const std::unique_lock<std::mutex> lock(busy_, std::try_to_lock);
      if (lock.owns_lock()) return Share(count, work, context);
    }
    for (int64_t part = 0; part < count; part++) work(context, part);
  }

  // Threads are only ever added: fewer are asked for in tests alone.
  void SetThreads(int count) {
    const std::lock_guard<std::mutex> lock(busy_);
    threads_ = count;
    try {
      for (; helpers_ < count - 1; helpers_++) std::thread(&Crew::Help, this, helpers_.load()).detach();
    } catch (...) {
      // The system gives no more threads: those there are do the work.
    }
  }
  int threads() const { return threads_; }

 private:
  void Share(int64_t count, void (*work)(void *, int64_t), void *context) {
    work_ = work;
    context_ = context;
    failed_.store(false, std::memory_order_relaxed);
    done_.store(0, std::memory_order_relaxed);
    count_.store(count, std::memory_order_relaxed);
    next_.store(0);  // the helpers may begin
    if (sleeping_.load() > 0) {
      const std::lock_guard<std::mutex> lock(sleep_);
      wake_.notify_all();
    }
    TakeParts();
    WaitFor([&] { return done_.load(std::memory_order_acquire) == count; });
    next_.store(kNothing);
    WaitFor([&] { return inside_.load() == 0; });  // a helper that comes late finds nothing, and must have seen so
    if (failed_.load(std::memory_order_relaxed)) throw std::bad_alloc();
  }

  void TakeParts() {
    inside_.fetch_add(1);
    for (;;) {
      const int64_t part = next_.fetch_add(1);
      if (part >= count_.load(std::memory_order_relaxed)) break;
      try {
        work_(context_, part);
      } catch (const std::bad_alloc &) {
        failed_.store(true, std::memory_order_relaxed);
      }
      done_.fetch_add(1, std::memory_order_release);
    }
    inside_.fetch_sub(1);
  }

  bool HasWork(int helper) const { return helper < threads_ - 1 && next_.load() < count_.load(); }

  void Help(int helper) {
    for (;;) {
      for (int look = 0; look < kLooks && !HasWork(helper); look++) Pause();
      if (!HasWork(helper)) {
        std::unique_lock<std::mutex> lock(sleep_);
        sleeping_.fetch_add(1);
        wake_.wait(lock, [&] { return HasWork(helper); });
        sleeping_.fetch_sub(1);
      }
      TakeParts();
      LetGoOfLargeRooms();
    }
  }

  std::mutex busy_, sleep_;
  std::condition_variable wake_;
  std::atomic<int> threads_{1}, helpers_{0}, sleeping_{0}, inside_{0};
  void (*work_)(void *, int64_t) = nullptr;
  void *context_ = nullptr;
  std::atomic<int64_t> next_{kNothing}, count_{0}, done_{0};
  std::atomic<bool> failed_{false};
};

// Never destroyed: its threads may outlive everything else.
Crew &TheCrew() {
  static Crew *const crew = new Crew();
  return *crew;
}

constexpr int64_t kLargeRoom = 2 << 20;  // floats

struct Room {
  float *floats = nullptr;
  int64_t count = 0;

  ~Room() { Clear(); }
  void Clear() {
    std::free(floats);
    floats = nullptr;
    count = 0;
  }
};
thread_local Room rooms[8];

}  // namespace

void SetThreads(int count) { TheCrew().SetThreads(count); }
int Threads() { return TheCrew().threads(); }

void InParallel(int64_t count, void (*work)(void *, int64_t), void *context) { TheCrew().Run(count, work, context); }

float *Scratch(int slot, int64_t count) {
  Room &room = rooms[slot];
  if (room.floats != nullptr && room.count >= count) return room.floats;
  room.Clear();
  const size_t bytes = (static_cast<size_t>(count) * sizeof(float) / 64 + 1) * 64;
  room.floats = static_cast<float *>(std::aligned_alloc(64, bytes));
  if (room.floats == nullptr) throw std::bad_alloc();
  room.count = count;
  return room.floats;
}

void LetGoOfLargeRooms() {
  for (Room &room : rooms) {
    if (room.count > kLargeRoom) room.Clear();
  }
}

#pragma once

#include <cstdint>
#include <vector>

namespace outlast::engines::simulation {

/// Something that will happen: 16 bytes, so that four share a line of the cache.
struct Event {
  double at_s = 0;
  std::uint32_t subject = 0;
  std::uint32_t kind = 0;
};
static_assert(sizeof(Event) == 16);

/// What happens next: a heap of four children a node, half as deep as a binary one.
///
/// Lengths of time that are the same for all (timeouts) do not belong in here: they end in the
/// order in which they began, and a plain queue holds them (see `Timeouts`).
/// cost  O(log n) a call
class EventQueue {
 public:
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] const Event& next() const { return heap_.front(); }

  void push(Event event) {
    std::size_t hole = heap_.size();
    heap_.push_back(event);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (heap_[parent].at_s <= event.at_s) {
        break;
      }
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = event;
  }

  void pop() {
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      sink(last);
    }
  }

  /// `pop` and `push` in one: an event that brings about the next of its kind.
  void replace_next(Event event) { sink(event); }

 private:
  void sink(Event event) {
    const std::size_t n = heap_.size();
    std::size_t hole = 0;
    for (;;) {
      const std::size_t first = 4 * hole + 1;
      if (first >= n) {
        break;
      }
      std::size_t least = first;
      const std::size_t end = first + 4 < n ? first + 4 : n;
      for (std::size_t child = first + 1; child < end; ++child) {
        least = heap_[child].at_s < heap_[least].at_s ? child : least;
      }
      if (heap_[least].at_s >= event.at_s) {
        break;
      }
      heap_[hole] = heap_[least];
      hole = least;
    }
    heap_[hole] = event;
  }

  std::vector<Event> heap_;
};

/// A queue in a ring that grows: push at the back, take from either end.
template <class T>
class Ring {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T& front() const { return items_[head_]; }
  [[nodiscard]] T& operator[](std::size_t i) { return items_[(head_ + i) & mask()]; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return items_[(head_ + i) & mask()]; }
  [[nodiscard]] T& back() { return items_[(head_ + size_ - 1) & mask()]; }

  void push_back(T item) {
    if (size_ == items_.size()) {
      grow();
    }
    items_[(head_ + size_) & mask()] = item;
    ++size_;
  }
  T pop_front() {
    const T item = items_[head_];
    head_ = (head_ + 1) & mask();
    --size_;
    return item;
  }
  T pop_back() {
    --size_;
    return items_[(head_ + size_) & mask()];
  }

 private:
  [[nodiscard]] std::size_t mask() const { return items_.size() - 1; }
  void grow() {
    std::vector<T> larger(items_.empty() ? 16 : 2 * items_.size());
    for (std::size_t i = 0; i < size_; ++i) {
      larger[i] = items_[(head_ + i) & mask()];
    }
    items_ = std::move(larger);
    head_ = 0;
  }

  std::vector<T> items_;  ///< its size is a power of two
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

}  // namespace outlast::engines::simulation

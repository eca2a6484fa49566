#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace outlast::base {

/// A dense index that cannot be mixed up with another kind of index.
/// `Tag` is any type unique to the kind; it is never instantiated.
template <class Tag>
struct Id {
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t i) : index(static_cast<std::uint32_t>(i)) {}

  [[nodiscard]] constexpr bool exists() const { return index != kNone; }
  constexpr auto operator<=>(const Id&) const = default;
};

/// A vector that is indexed by one kind of id only.
template <class IdType, class T>
class IdVector {
 public:
  IdVector() = default;
  explicit IdVector(std::size_t size, T value = T()) : items_(size, value) {}

  IdType push_back(T value) {
    items_.push_back(std::move(value));
    return IdType(items_.size() - 1);
  }
  [[nodiscard]] decltype(auto) operator[](IdType id) { return items_[id.index]; }
  [[nodiscard]] decltype(auto) operator[](IdType id) const { return items_[id.index]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] const std::vector<T>& items() const { return items_; }

 private:
  std::vector<T> items_;
};

/// All ids of a dense range, for `for (auto id : ids<ComponentId>(n))`.
template <class IdType>
class IdRange {
 public:
  explicit IdRange(std::size_t size) : size_(size) {}
  struct Iterator {
    std::size_t at;
    IdType operator*() const { return IdType(at); }
    Iterator& operator++() {
      ++at;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };
  [[nodiscard]] Iterator begin() const { return {0}; }
  [[nodiscard]] Iterator end() const { return {size_}; }

 private:
  std::size_t size_;
};

template <class IdType>
[[nodiscard]] IdRange<IdType> ids(std::size_t size) {
  return IdRange<IdType>(size);
}

}  // namespace outlast::base

template <class Tag>
struct std::hash<outlast::base::Id<Tag>> {
  std::size_t operator()(const outlast::base::Id<Tag>& id) const noexcept { return id.index; }
};

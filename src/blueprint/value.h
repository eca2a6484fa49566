#pragma once

#include <string>
#include <utility>

#include "base/assert.h"
#include "base/source.h"

namespace outlast::blueprint {

/// What an input says of an attribute. Unknown is never treated as false.
enum class Knowledge {
  stated,  ///< there is a value
  unset,   ///< there is none; the provider's default applies
  unknown  ///< there will be one, but it cannot be known from the input
};

/// Where a value comes from.
enum class Provenance { stated, inferred, catalog, assumed };

/// A value with what is known about it. Default: unset.
template <class T>
class Value {
 public:
  Value() = default;

  [[nodiscard]] static Value of(T value, Provenance provenance = Provenance::stated,
                                base::Span span = {}) {
    Value result;
    result.knowledge_ = Knowledge::stated;
    result.value_ = std::move(value);
    result.provenance_ = provenance;
    result.span_ = span;
    return result;
  }
  [[nodiscard]] static Value unknown(base::Span span = {}) {
    Value result;
    result.knowledge_ = Knowledge::unknown;
    result.span_ = span;
    return result;
  }

  [[nodiscard]] bool is_known() const { return knowledge_ == Knowledge::stated; }
  [[nodiscard]] bool is_unset() const { return knowledge_ == Knowledge::unset; }
  [[nodiscard]] bool is_unknown() const { return knowledge_ == Knowledge::unknown; }
  /// Known, and by the user's own word.
  [[nodiscard]] bool is_stated() const { return is_known() && provenance_ == Provenance::stated; }
  [[nodiscard]] Provenance provenance() const { return provenance_; }
  [[nodiscard]] base::Span span() const { return span_; }

  [[nodiscard]] const T& operator*() const {
    OUTLAST_ASSERT(is_known(), "only a known value can be read");
    return value_;
  }
  [[nodiscard]] const T* operator->() const { return &**this; }
  [[nodiscard]] T value_or(T other) const { return is_known() ? value_ : std::move(other); }

  /// Fills a gap: keeps what is known, takes `other` where this is unset.
  void fill(Value other) {
    if (is_unset()) {
      *this = std::move(other);
    }
  }
  /// The word of a later input: takes `other` unless that is unset.
  void override_by(Value other) {
    if (!other.is_unset()) {
      *this = std::move(other);
    }
  }

 private:
  Knowledge knowledge_ = Knowledge::unset;
  Provenance provenance_ = Provenance::stated;
  T value_{};
  base::Span span_;
};

/// Where in the inputs something stands. One shape everywhere.
struct Evidence {
  std::string address;  ///< of the resource, or the component's id
  base::Span span;
  std::string pointer;  ///< JSON pointer, where the input is JSON; else the span's line tells
};

/// Something taken to be so because nothing was said; printed with its source.
struct Assumption {
  std::string name;
  std::string value;
  std::string source;
  friend bool operator==(const Assumption&, const Assumption&) = default;
};

}  // namespace outlast::blueprint

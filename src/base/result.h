#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace outlast::base {

/// An expected failure: one sentence that tells the user what happened, and what to do about it.
struct Error {
  std::string message;
  std::string remedy = {};  ///< may be empty
};

[[nodiscard]] inline tl::unexpected<Error> fail(std::string message, std::string remedy = "") {
  return tl::unexpected<Error>(Error{std::move(message), std::move(remedy)});
}

/// A value or an expected failure.
/// Test it, then use `*result`: `.value()` would throw, and we do not throw.
template <class T, class E = Error>
class [[nodiscard]] Result : public tl::expected<T, E> {
 public:
  using tl::expected<T, E>::expected;
};

}  // namespace outlast::base

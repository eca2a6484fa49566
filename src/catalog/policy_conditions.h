#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/truth.h"

namespace outlast::catalog {

/// Whether a condition of a policy is met, for two who ask.
struct Met {
  base::Truth by_stranger = base::Truth::yes;  ///< anybody on the internet, by encrypted requests
  base::Truth by_insider = base::Truth::yes;   ///< an identity of the account
  [[nodiscard]] Met with(const Met& other) const {
    return {base::both(by_stranger, other.by_stranger), base::both(by_insider, other.by_insider)};
  }
};

/// One test of a condition: `{"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}`.
///
/// A stranger is nobody who is named: a test that asks for somebody fails for him, and one that asks
/// for anybody else is met. What both are not told apart by is unknown.
/// source  AWS, IAM JSON policy elements: condition operators; global condition context keys
[[nodiscard]] Met met(std::string_view test, std::string_view key,
                      const std::vector<std::string>& values);

}  // namespace outlast::catalog

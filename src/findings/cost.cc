#include "findings/cost.h"

#include <fmt/format.h>

namespace outlast::findings {

std::string money_text(base::Money money) {
  const std::int64_t cents = money.micro_usd / 10'000;
  std::string dollars = std::to_string(cents / 100);
  for (std::size_t at = dollars.size(); at > 3; at -= 3) {
    dollars.insert(at - 3, ",");
  }
  return cents % 100 == 0 ? "$" + dollars : fmt::format("${}.{:02}", dollars, cents % 100);
}

}  // namespace outlast::findings

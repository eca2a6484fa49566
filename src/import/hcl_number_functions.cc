// Terraform's functions of numbers and of blocks of addresses.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "import/cloudformation_functions.h"
#include "import/hcl_function_table.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

ValueTree range_of(const Arguments& a, Span span) {
  const auto first = number_of(a[0]);
  const auto second = a.size() > 1 ? number_of(a[1]) : std::optional(0.0);
  const auto step = a.size() > 2 ? number_of(a[2]) : std::optional(1.0);
  if (!first || !second || !step || *step <= 0) {
    return unknown_of(a, span);
  }
  const double from = a.size() > 1 ? *first : 0;
  const double to = a.size() > 1 ? *second : *first;
  std::vector<ValueTree> out;
  const auto next = [&] { return from + static_cast<double>(out.size()) * *step; };
  while (next() < to) {
    if (out.size() == kMostItems) {
      return unknown_of(a, span);
    }
    out.push_back(number_value(next(), span));
  }
  return list_value(std::move(out), span);
}

ValueTree extreme(const Arguments& arguments, bool is_max, Span span) {
  std::optional<double> best;
  for (const ValueTree& argument : arguments) {
    const auto number = number_of(argument);
    if (!number) {
      return unknown_of(arguments, span);
    }
    best = !best ? *number : is_max ? std::max(*best, *number) : std::min(*best, *number);
  }
  return best ? number_value(*best, span) : unknown_of(arguments, span);
}

ValueTree smallest(const Arguments& a, Span span) {
  return extreme(a, false, span);
}

ValueTree largest(const Arguments& a, Span span) {
  return extreme(a, true, span);
}

ValueTree sum(const Arguments& a, Span span) {
  double total = 0;
  for (const ValueTree& item : a[0].items) {
    const auto number = number_of(item);
    if (!number) {
      return unknown_of(a, span);
    }
    total += *number;
  }
  return number_value(total, span);
}

template <double (*round)(double)>
ValueTree rounded(const Arguments& a, Span span) {
  const auto number = number_of(a[0]);
  return number ? number_value(round(*number), span) : unknown_of(a, span);
}

double up(double x) {
  return std::ceil(x);
}
double down(double x) {
  return std::floor(x);
}
double size(double x) {
  return std::abs(x);
}

/// How many bits the prefix of an IPv4 block has.
std::optional<double> prefix_of(const ValueTree& block) {
  const auto slash = block.text.find('/');
  return slash == std::string::npos
             ? std::nullopt
             : number_of(text_value(block.text.substr(slash + 1), block.span));
}

/// The block of this number among those of a size that a block is cut into.
ValueTree block_of(const ValueTree& whole, double number, double prefix, Span span) {
  const ValueTree blocks =
      cidr_blocks(whole, number_value(number + 1, span), number_value(32 - prefix, span), span);
  return blocks.is(NodeKind::list) && !blocks.items.empty() ? blocks.items.back()
                                                            : unknown_value(span);
}

/// cidrsubnet("10.0.0.0/16", 8, 2) is 10.0.2.0/24.
ValueTree cidr_subnet(const Arguments& a, Span span) {
  const auto prefix = prefix_of(a[0]);
  const auto bits = number_of(a[1]);
  const auto number = number_of(a[2]);
  const double size = prefix.value_or(0) + bits.value_or(0);
  const bool is_block = prefix && bits && number && size <= 32 && size >= 0 && *number >= 0;
  return is_block ? block_of(a[0], *number, size, span) : unknown_of(a, span);
}

/// cidrsubnets("10.0.0.0/16", 8, 8) is the first two blocks of that size; of several sizes each
/// begins where the one before ends.
ValueTree cidr_subnets(const Arguments& a, Span span) {
  const auto prefix = prefix_of(a[0]);
  std::vector<ValueTree> out;
  double begin = 0;  // in addresses
  for (auto bits = a.begin() + 1; bits != a.end() && prefix; ++bits) {
    const auto more = number_of(*bits);
    const double length = prefix.value_or(0) + more.value_or(0);
    if (!more || length > 32 || length < 0) {
      return unknown_of(a, span);
    }
    const double addresses = std::exp2(32 - length);
    const double number = std::ceil(begin / addresses);
    out.push_back(block_of(a[0], number, length, span));
    begin = (number + 1) * addresses;
  }
  return prefix ? list_value(std::move(out), span) : unknown_of(a, span);
}

/// cidrhost("10.0.0.0/24", 5) is 10.0.0.5.
ValueTree cidr_host(const Arguments& a, Span span) {
  constexpr double kOneAddress = 32;
  const auto number = number_of(a[1]);
  if (!prefix_of(a[0]) || !number || *number < 0) {
    return unknown_of(a, span);
  }
  ValueTree block = block_of(a[0], *number, kOneAddress, span);
  if (block.is_closed()) {
    block.text.erase(block.text.find('/'));
  }
  return block;
}

constexpr auto kFunctions = std::to_array<HclFunction>({
    {"abs", 1, 1, Takes::known, rounded<size>},
    {"ceil", 1, 1, Takes::known, rounded<up>},
    {"cidrhost", 2, 2, Takes::known, cidr_host},
    {"cidrsubnet", 3, 3, Takes::known, cidr_subnet},
    {"cidrsubnets", 2, kAnyNumber, Takes::known, cidr_subnets},
    {"floor", 1, 1, Takes::known, rounded<down>},
    {"max", 1, kAnyNumber, Takes::anything, largest},
    {"min", 1, kAnyNumber, Takes::anything, smallest},
    {"range", 1, 3, Takes::known, range_of},
    {"sum", 1, 1, Takes::collection, sum},
});

}  // namespace

std::span<const HclFunction> number_functions() {
  return kFunctions;
}

}  // namespace outlast::import

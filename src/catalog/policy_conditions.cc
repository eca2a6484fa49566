#include "catalog/policy_conditions.h"

#include <algorithm>

#include "base/text.h"

namespace outlast::catalog {

using base::Truth;

namespace {

constexpr std::string_view kEncrypted = "aws:securetransport";
constexpr std::string_view kAddress = "aws:sourceip";

/// Keys by which a condition names who is meant.
constexpr std::string_view kNaming[] = {"aws:sourcearn",
                                        "aws:sourceaccount",
                                        "aws:sourceorgid",
                                        "aws:sourceorgpaths",
                                        "aws:principalarn",
                                        "aws:principalaccount",
                                        "aws:principalorgid",
                                        "aws:principalorgpaths",
                                        "aws:sourcevpc",
                                        "aws:sourcevpce",
                                        "aws:userid",
                                        "aws:principaltag",
                                        "kms:calleraccount",
                                        "kms:viaservice",
                                        "s3:dataaccesspointaccount"};

/// What a signer of tokens says of their owner, and for whom they are: the latter anybody can ask for.
constexpr std::string_view kOwner = ":sub";
constexpr std::string_view kAudience = ":aud";

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Is somebody in none of these ranges, for nearly all of the internet is? Unknown of wide ones.
Truth lies_outside(const std::vector<std::string>& ranges) {
  constexpr std::size_t kWidest = 8;  // such as 10.0.0.0/8: wider ones take in strangers
  Truth outside = Truth::yes;
  for (const std::string& range : ranges) {
    const auto slash = range.find('/');
    const std::string bits = slash == std::string::npos ? "32" : range.substr(slash + 1);
    const bool is_wide = bits.size() == 1 && bits.front() < static_cast<char>('0' + kWidest);
    outside = base::both(outside, bits == "0" ? Truth::no : is_wide ? Truth::unknown : Truth::yes);
  }
  return outside;
}

/// Do these patterns of owners of tokens leave open whose they are: "*", "repo:*"?
bool fits_any_owner(std::string_view test, const std::vector<std::string>& values) {
  return has(test, "Like") && std::any_of(values.begin(), values.end(), [](std::string_view value) {
           const auto kind = value.find(':');  // "repo:acme/shop:*" names whose it is
           return value.substr(kind == std::string_view::npos ? 0 : kind + 1).starts_with('*');
         });
}

}  // namespace

Met met(std::string_view test, std::string_view key, const std::vector<std::string>& values) {
  const std::string lower = base::to_lower(key);
  const std::string_view head = std::string_view(lower).substr(0, lower.find('/'));
  const bool is_negated = has(test, "Not");
  if (head == kEncrypted && values.size() == 1) {
    const Truth truth = base::to_lower(values.front()) == "true" ? Truth::yes : Truth::no;
    return {truth, truth};
  }
  if (head == kAddress) {
    const Truth outside = lies_outside(values);
    return {is_negated ? outside : base::opposite(outside), Truth::unknown};
  }
  if (lower.ends_with(kAudience)) {
    return {Truth::yes, Truth::unknown};
  }
  if (lower.find(kOwner) != std::string::npos && !is_negated) {
    return {fits_any_owner(test, values) ? Truth::yes : Truth::no, Truth::unknown};
  }
  const bool is_for_all =
      has(test, "Like") && std::find(values.begin(), values.end(), "*") != values.end();
  const bool names = std::find(std::begin(kNaming), std::end(kNaming), head) != std::end(kNaming);
  if (!names || is_for_all || has(test, "ForAllValues") || test == "Null") {
    return {Truth::unknown, Truth::unknown};
  }
  // Of what a stranger's request does not say, `…IfExists` asks nothing.
  return {is_negated || has(test, "IfExists") ? Truth::yes : Truth::no, Truth::unknown};
}

}  // namespace outlast::catalog

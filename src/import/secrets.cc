#include "import/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr auto kSecretNames = std::to_array<std::string_view>(
    {"password", "passwd", "secret_key", "secret_access_key", "secret_string", "auth_token",
     "private_key", "api_key", "access_token", "client_secret", "connection_string",
     "license_key"});

/// What stands behind a secret's name, or at the end, where only something about it is told.
constexpr auto kAbouts = std::to_array<std::string_view>(
    {"arn",     "authentication", "data",     "enabled",  "file",   "id",
     "last",    "length",         "name",     "path",     "policy", "required",
     "reset",   "rotation",       "source",   "strategy", "ttl",    "type",
     "units",   "update",         "validity", "version",  "wo",     "expiry",
     "expires", "changed"});

/// What stands before it where it is only asked for.
constexpr auto kAsks = std::to_array<std::string_view>(
    {"allow_", "disable_", "enable_", "generate_", "get_", "manage_", "require_", "use_"});

/// Where a secret is fetched from is no secret.
constexpr auto kPointers = std::to_array<std::string_view>({"arn:", "{{resolve:"});

bool is_about(std::string_view word) {
  return std::find(kAbouts.begin(), kAbouts.end(), word) != kAbouts.end();
}

/// "_update_strategy" → "update": the first word behind a secret's name.
std::string_view first_word(std::string_view rest) {
  const auto begin = std::min(rest.find_first_not_of("_-"), rest.size());
  return rest.substr(begin, rest.find_first_of("_-", begin) - begin);
}

std::string_view last_word(std::string_view name) {
  return name.substr(name.find_last_of("_-") + 1);
}

bool points_to_a_store(std::string_view value) {
  return std::any_of(kPointers.begin(), kPointers.end(),
                     [&](std::string_view begin) { return value.starts_with(begin); });
}

bool has_access_key(std::string_view text) {
  constexpr std::string_view kPrefix = "AKIA";
  for (auto at = text.find(kPrefix); at != std::string_view::npos;
       at = text.find(kPrefix, at + 1)) {
    const std::string_view rest = text.substr(at + kPrefix.size(), 16);
    const bool all_match = std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
      return std::isupper(c) != 0 || std::isdigit(c) != 0;
    });
    if (rest.size() == 16 && all_match) {
      return true;
    }
  }
  return false;
}

bool has_private_key(std::string_view text) {
  const auto begin = text.find("-----BEGIN");
  return begin != std::string_view::npos &&
         text.find("PRIVATE KEY", begin) != std::string_view::npos;
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return step;
}

struct Place {
  std::string pointer;
  std::string_view name;
};

std::string kind_of_secret(Node value, Node sensitive, std::string_view name) {
  if (has_access_key(value.text())) {
    return "AWS access key";
  }
  if (has_private_key(value.text())) {
    return "private key";
  }
  const bool is_marked = sensitive.as_bool().value_or(false);
  const bool is_named = is_secret_name(name) && !points_to_a_store(value.text());
  return is_marked || is_named ? std::string(name) : "";
}

void visit(Node value, Node sensitive, const Place& place, const blueprint::Evidence& evidence,
           std::vector<blueprint::SecretPlace>& out) {
  if (value.is(NodeKind::string)) {
    if (const std::string what = kind_of_secret(value, sensitive, place.name);
        !what.empty() && !value.text().empty()) {
      out.push_back({what, {evidence.address, value.span(), place.pointer}});
    }
    return;
  }
  const bool whole = sensitive.as_bool().value_or(false);
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool is_map = value.is(NodeKind::map);
    const std::string_view key = is_map ? value.key(i) : place.name;
    const Node mark = whole ? sensitive : is_map ? sensitive[key] : sensitive.at(i);
    visit(value.at(i), mark,
          {place.pointer + (is_map ? pointer_step(key) : "/" + std::to_string(i)), key}, evidence,
          out);
  }
}

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string lower = base::to_lower(name);
  const bool is_asked_for = std::any_of(
      kAsks.begin(), kAsks.end(), [&](std::string_view ask) { return lower.starts_with(ask); });
  if (is_asked_for || is_about(last_word(lower))) {
    return false;
  }
  const auto is_named = [&](std::string_view secret) {
    const auto at = lower.find(secret);
    return at != std::string::npos &&
           !is_about(first_word(std::string_view(lower).substr(at + secret.size())));
  };
  return lower.ends_with("token") ||
         std::any_of(kSecretNames.begin(), kSecretNames.end(), is_named);
}

void find_secrets(Node attributes, Node sensitive, const blueprint::Evidence& evidence,
                  std::vector<blueprint::SecretPlace>& out) {
  visit(attributes, sensitive, {evidence.pointer, ""}, evidence, out);
}

}  // namespace outlast::import

#include "import/secrets.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::array<std::string_view, 12> kSecretNames = {
    "password",      "passwd",        "secret_key",        "secret_access_key",
    "secret_string", "auth_token",    "private_key",       "api_key",
    "access_token",  "client_secret", "connection_string", "license_key"};

/// Attributes that are called like secrets and hold none.
constexpr std::array<std::string_view, 9> kHarmless = {"get_password_data",
                                                       "password_policy",
                                                       "password_data",
                                                       "disable_password_authentication",
                                                       "manage_master_user_password",
                                                       "allow_password",
                                                       "password_reset_required",
                                                       "password_length",
                                                       "require_password"};

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
  return is_marked || is_secret_name(name) ? std::string(name) : "";
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
  const auto within = [&](std::string_view part) { return lower.find(part) != std::string::npos; };
  return std::any_of(kSecretNames.begin(), kSecretNames.end(), within) &&
         std::none_of(kHarmless.begin(), kHarmless.end(), within) &&
         lower.find("_arn") == std::string::npos && lower.find("_version") == std::string::npos &&
         lower.find("_wo") == std::string::npos;
}

void find_secrets(Node attributes, Node sensitive, const blueprint::Evidence& evidence,
                  std::vector<blueprint::SecretPlace>& out) {
  visit(attributes, sensitive, {evidence.pointer, ""}, evidence, out);
}

}  // namespace outlast::import

#include "import/secret_shapes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include "base/text.h"

namespace outlast::import {

namespace {

constexpr auto kSecretNames = std::to_array<std::string_view>(
    {"password",          "passwd",         "secret_key",     "secret_access_key", "secret_string",
     "auth_token",        "private_key",    "api_key",        "access_token",      "client_secret",
     "connection_string", "license_key",    "shared_secret",  "preshared_key",     "pre_shared_key",
     "jwt_secret",        "session_secret", "signing_secret", "webhook_secret",    "app_secret",
     "consumer_secret",   "api_secret",     "auth_secret",    "cookie_secret",     "passphrase",
     "requirepass"});

/// What stands behind a secret's name, or at the end, where only something about it is told.
constexpr auto kAbouts =
    std::to_array<std::string_view>({"algorithm", "arn",      "authentication", "count",
                                     "data",      "enabled",  "encryption",     "endpoint",
                                     "file",      "from",     "hash",           "id",
                                     "last",      "length",   "lifetime",       "max",
                                     "min",       "name",     "path",           "policy",
                                     "prefix",    "ref",      "required",       "reset",
                                     "rotation",  "source",   "strategy",       "ttl",
                                     "type",      "units",    "update",         "uri",
                                     "url",       "validity", "version",        "wo",
                                     "expiry",    "expires",  "changed",        "header"});

/// What stands before it where it is only asked for.
constexpr auto kAsks = std::to_array<std::string_view>(
    {"allow_", "disable_", "enable_", "generate_", "get_", "manage_", "require_", "use_"});

/// Tokens that tell a repeated request from a new one, or pages apart, and open nothing.
constexpr auto kHarmlessTokens = std::to_array<std::string_view>(
    {"creation_token", "client_token", "request_token", "idempotency_token", "caller_token",
     "next_token", "continuation_token", "pagination_token"});

/// Where a secret is fetched from, or what is filled in later.
constexpr auto kReferences =
    std::to_array<std::string_view>({"arn:", "{{", "$", "<", "`", "vault:", "ssm:", "ENC["});

/// Tokens that their issuers made to be recognised.
struct Shape {
  std::string_view prefix;
  std::size_t least;  ///< characters behind the prefix
  bool (*belongs)(char);
  std::string_view what;
};

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}
bool is_upper_or_digit(char c) {
  return is_alphanumeric(c) && std::islower(static_cast<unsigned char>(c)) == 0;
}
bool is_token_character(char c) {
  return is_alphanumeric(c) || c == '_' || c == '-';
}
bool is_dotted_token_character(char c) {
  return is_token_character(c) || c == '.';
}

constexpr Shape kShapes[] = {
    {"AKIA", 16, is_upper_or_digit, "AWS access key"},
    {"ASIA", 16, is_upper_or_digit, "AWS access key"},
    {"ghp_", 36, is_alphanumeric, "GitHub token"},
    {"gho_", 36, is_alphanumeric, "GitHub token"},
    {"ghu_", 36, is_alphanumeric, "GitHub token"},
    {"ghs_", 36, is_alphanumeric, "GitHub token"},
    {"ghr_", 36, is_alphanumeric, "GitHub token"},
    {"github_pat_", 22, is_token_character, "GitHub token"},
    {"glpat-", 20, is_token_character, "GitLab token"},
    {"sk_live_", 10, is_alphanumeric, "Stripe key"},
    {"rk_live_", 10, is_alphanumeric, "Stripe key"},
    {"xoxb-", 10, is_token_character, "Slack token"},
    {"xoxp-", 10, is_token_character, "Slack token"},
    {"xapp-", 10, is_token_character, "Slack token"},
    {"AIza", 35, is_token_character, "Google API key"},
    {"SG.", 40, is_dotted_token_character, "SendGrid key"},
    {"npm_", 36, is_alphanumeric, "npm token"},
};

bool has_shape(std::string_view text, const Shape& shape) {
  for (auto at = text.find(shape.prefix); at != std::string_view::npos;
       at = text.find(shape.prefix, at + 1)) {
    const bool begins_a_word = at == 0 || !is_token_character(text[at - 1]);
    const std::string_view rest = text.substr(at + shape.prefix.size());
    const auto end = std::find_if_not(rest.begin(), rest.end(), shape.belongs);
    if (begins_a_word && static_cast<std::size_t>(end - rest.begin()) >= shape.least) {
      return true;
    }
  }
  return false;
}

bool has_private_key(std::string_view text) {
  const auto begin = text.find("-----BEGIN");
  return begin != std::string_view::npos &&
         text.substr(begin, text.find('\n', begin) - begin).find("PRIVATE KEY") !=
             std::string_view::npos;
}

/// scheme://user:password@host
bool has_url_password(std::string_view text) {
  for (auto at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const std::string_view rest = text.substr(at + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?# \t\r\n\"'"));
    const auto end = authority.rfind('@');
    const auto colon = authority.find(':');
    if (end != std::string_view::npos && colon < end &&
        !stands_for_a_secret(authority.substr(colon + 1, end - colon - 1))) {
      return true;
    }
  }
  return false;
}

bool is_about(std::string_view word) {
  return std::find(kAbouts.begin(), kAbouts.end(), word) != kAbouts.end();
}

/// "_update_strategy" → "update": the first word behind a secret's name.
std::string_view first_word(std::string_view rest) {
  const auto begin = std::min(rest.find_first_not_of('_'), rest.size());
  return rest.substr(begin, rest.find('_', begin) - begin);
}

/// "apiKey", "api-key" and "API_KEY" are spellings of api_key.
std::string snake_case(std::string_view name) {
  std::string snake;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_a_word = i > 0 && std::isupper(static_cast<unsigned char>(name[i])) != 0 &&
                               std::islower(static_cast<unsigned char>(name[i - 1])) != 0;
    snake += begins_a_word ? "_" : "";
    snake += name[i] == '-' ? '_' : name[i];
  }
  return base::to_lower(snake);
}

std::string_view without_quotes(std::string_view value) {
  value = value.substr(std::min(value.find_first_not_of("\"'"), value.size()));
  return value.substr(0, value.find_first_of("\"'"));
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_dotted_token_character);
}

void add_once(std::string what, std::vector<std::string>& all) {
  if (std::find(all.begin(), all.end(), what) == all.end()) {
    all.push_back(std::move(what));
  }
}

void add_assignment(std::string_view name, std::string_view value, std::vector<std::string>& out) {
  name = without_quotes(name);
  name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
  if (is_name(name) && is_secret_name(name) && !stands_for_a_secret(without_quotes(value))) {
    add_once(std::string(name), out);
  }
}

void read_line(std::string_view line, std::vector<std::string>& out) {
  line = base::trim(line);
  if (line.starts_with('#') || line.starts_with("//")) {
    return;
  }
  for (const std::string_view mark : {": ", " = "}) {
    if (const auto at = line.find(mark); at != std::string_view::npos) {
      std::string_view name = line.substr(0, at);
      name.remove_prefix(name.starts_with("- ") ? 2 : 0);
      add_assignment(base::trim(name), base::trim(line.substr(at + mark.size())), out);
    }
  }
  std::string_view option;  // one whose value is the next word
  for (const std::string_view word : base::split(line, ' ')) {
    if (const auto equals = word.find('='); equals != std::string_view::npos) {
      add_assignment(word.substr(0, equals), word.substr(equals + 1), out);
    } else if (!option.empty() && !word.starts_with('-')) {
      add_assignment(option, word, out);
    }
    const bool is_option = word.starts_with("--") && word.find('=') == std::string_view::npos;
    option = is_option ? word : std::string_view();
  }
}

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::string snake = snake_case(name);
  const bool is_asked_for = std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view ask) {
    return snake.starts_with(ask) || snake.find("_" + std::string(ask)) != std::string::npos;
  });
  const bool is_harmless =
      std::any_of(kHarmlessTokens.begin(), kHarmlessTokens.end(),
                  [&](std::string_view token) { return snake.ends_with(token); });
  if (is_asked_for || is_harmless ||
      is_about(std::string_view(snake).substr(snake.rfind('_') + 1))) {
    return false;
  }
  const auto is_named = [&](std::string_view secret) {
    const auto at = snake.find(secret);
    if (at == std::string::npos) {
      return false;
    }
    const auto word = first_word(std::string_view(snake).substr(at + secret.size()));
    return !is_about(word) && word != "key" && word != "secret";  // which of a store holds it
  };
  return snake.ends_with("token") ||
         std::any_of(kSecretNames.begin(), kSecretNames.end(), is_named);
}

bool stands_for_a_secret(std::string_view value) {
  value = base::trim(value);
  const bool is_hidden = std::all_of(value.begin(), value.end(), [](char c) { return c == '*'; });
  return is_hidden || std::any_of(kReferences.begin(), kReferences.end(),
                                  [&](std::string_view begin) { return value.starts_with(begin); });
}

std::vector<std::string> secret_shapes(std::string_view text) {
  std::vector<std::string> found;
  for (const Shape& shape : kShapes) {
    if (has_shape(text, shape)) {
      add_once(std::string(shape.what), found);
    }
  }
  if (has_private_key(text)) {
    found.emplace_back("private key");
  }
  if (has_url_password(text)) {
    found.emplace_back("password in a URL");
  }
  return found;
}

std::vector<std::string> secrets_in_script(std::string_view text) {
  std::vector<std::string> found;
  for (const std::string_view line : base::split(text, '\n')) {
    read_line(line, found);
  }
  return found;
}

bool is_manifest_about_secrets(std::string_view text) {
  bool is_manifest = false;
  std::string_view kind;
  for (const std::string_view line : base::split(text, '\n')) {
    const auto colon = std::min(line.find(':'), line.size());
    const std::string_view key = without_quotes(line.substr(0, colon));  // encoders quote keys
    is_manifest = is_manifest || key == "apiVersion";
    if (key == "kind" && colon < line.size()) {
      kind = without_quotes(base::trim(line.substr(colon + 1)));
      if (kind == "Secret") {
        return false;
      }
    }
  }
  return is_manifest && kind.find("Secret") != std::string_view::npos;
}

std::string text_of_base64(std::string_view base64) {
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  while (base64.ends_with('=')) {
    base64.remove_suffix(1);
  }
  for (const char c : base64) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) {
      return "";
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      const auto byte = static_cast<unsigned char>(bits >> count & 0xFFU);
      if (byte < ' ' && byte != '\n' && byte != '\r' && byte != '\t') {
        return "";
      }
      text += static_cast<char>(byte);
    }
  }
  return text;
}

}  // namespace outlast::import

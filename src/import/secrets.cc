#include "import/secrets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "import/secret_shapes.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

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

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What the `value` beside this entry's other members is called, and whether it must be a secret:
/// {name: DB_PASSWORD, value: …}, {type: SecureString, value: …}.
struct NamedValue {
  std::string_view name;
  bool is_secret = false;
};

NamedValue named_value(Node entry) {
  const std::string type = base::to_lower(entry["type"].text());
  const std::string_view name =
      entry["name"].text().empty() ? entry["key"].text() : entry["name"].text();
  const bool is_fetched = contains(type, "store") || contains(type, "manager");
  if (is_fetched) {
    return {};
  }
  return {is_secret_name(name) ? name : "", contains(type, "secure")};
}

/// Is it called like what stands beside a secret, and everybody may know?
bool is_public_name(std::string_view name) {
  constexpr auto kPublic = std::to_array<std::string_view>(
      {"user", "username", "login", "email", "host", "hostname", "server", "address", "port",
       "database", "dbname", "db", "name", "namespace", "region", "endpoint", "issuer"});
  const std::string low = base::to_lower(name);
  const auto begin = low.find_last_of("_-.");
  const std::string_view last =
      std::string_view(low).substr(begin == std::string::npos ? 0 : begin + 1);
  return last == "crt" || last == "pub" ||
         std::find(kPublic.begin(), kPublic.end(), last) != kPublic.end();
}

/// Does it say itself that it stands there only until somebody puts the secret in its place?
bool is_to_be_replaced(std::string_view value) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"placeholder", "replace", "changeme", "change-me",
                                       "change_me", "your-", "your_", "todo", "xxxx", "insert"});
  const std::string low = base::to_lower(value);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return contains(low, word); });
}

/// What the word before this one of a command calls it: "--db-password", "…".
std::string_view name_of_word(Node words, std::size_t at) {
  const std::string_view before = at == 0 ? std::string_view() : words.at(at - 1).text();
  const bool is_option = before.starts_with("--") && !contains(before, "=");
  const bool is_value = !words.at(at).text().starts_with('-');
  return is_option && is_value ? before.substr(2) : std::string_view();
}

class Finder {
 public:
  Finder(const blueprint::Evidence& evidence, std::vector<blueprint::SecretPlace>& out)
      : evidence_(evidence), out_(out) {}

  void visit(Node value, Node sensitive, const Place& place) {
    if (value.is(NodeKind::number) && is_numeric_secret(value.text(), place.name)) {
      out_.push_back({std::string(place.name), {evidence_.address, value.span(), place.pointer}});
      return;
    }
    if (value.is(NodeKind::string)) {
      for (std::string& what :
           secrets_of(value.text(), sensitive.as_bool().value_or(false), place.name)) {
        out_.push_back({std::move(what), {evidence_.address, value.span(), place.pointer}});
      }
      return;
    }
    const bool whole = sensitive.as_bool().value_or(false);
    const bool is_map = value.is(NodeKind::map);
    if (is_map && only_says_where(value)) {
      return;
    }
    const NamedValue named = is_map ? named_value(value) : NamedValue();
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string_view word = is_map ? std::string_view() : name_of_word(value, i);
      const std::string_view key = is_map ? value.key(i) : word.empty() ? place.name : word;
      const bool is_named = is_map && key == "value" && value.at(i).is(NodeKind::string);
      const Node mark = whole ? sensitive : is_map ? sensitive[key] : sensitive.at(i);
      const std::string pointer =
          place.pointer + (is_map ? pointer_step(key) : "/" + std::to_string(i));
      if (is_named && named.is_secret && !mark.as_bool().value_or(false)) {
        tell_secure(value.at(i), pointer);
      } else {
        visit(value.at(i), mark, {pointer, is_named && !named.name.empty() ? named.name : key});
      }
    }
  }

 private:
  /// A manifest of kind ExternalSecret, SecretStore and the like names keys, and holds none.
  static bool only_says_where(Node manifest) {
    const std::string_view kind = manifest["kind"].text();
    return manifest["apiVersion"].exists() && kind != "Secret" && contains(kind, "Secret");
  }

  /// A password of digits alone; a short number under such a name is a setting of it.
  static bool is_numeric_secret(std::string_view text, std::string_view name) {
    constexpr std::size_t kShortest = 6;
    return text.size() >= kShortest &&
           text.find_first_not_of("0123456789") == std::string_view::npos && is_secret_name(name);
  }

  void tell_secure(Node value, const std::string& pointer) {
    if (!stands_for_a_secret(value.text())) {
      out_.push_back({"value", {evidence_.address, value.span(), pointer}});
    }
  }

  static std::vector<std::string> secrets_of(std::string_view text, bool is_marked,
                                             std::string_view name) {
    const bool is_hidden = text.find_first_not_of("* \n") == std::string_view::npos;
    const bool is_named = is_secret_name(name) && !stands_for_a_secret(text);
    const bool is_about = is_marked && is_manifest_about_secrets(text);
    if (!is_hidden && (is_named || (is_marked && !is_about))) {
      auto shapes = secret_shapes(text);
      return {shapes.empty() ? std::string(name) : std::move(shapes.front())};
    }
    return is_about ? secret_shapes(text) : inside(text, name);
  }

  /// What a text holds that is more than one value.
  static std::vector<std::string> inside(std::string_view text, std::string_view name) {
    if (auto found = inside_json(text)) {
      return std::move(*found);
    }
    if (is_manifest_about_secrets(text)) {
      return secret_shapes(text);
    }
    const bool is_program = contains(name, "user_data") || contains(name, "custom_data");
    const std::string decoded =
        is_program || contains(name, "base64") ? text_of_base64(base::trim(text)) : "";
    const std::string_view script = decoded.empty() ? text : std::string_view(decoded);
    auto found = secret_shapes(script);
    const bool is_command = script.starts_with('-') || contains(script, " --");
    if (is_program || is_command || !decoded.empty() || contains(script, "\n")) {
      const auto assigned = secrets_in_script(script);
      found.insert(found.end(), assigned.begin(), assigned.end());
    }
    return found;
  }

  /// Nothing if the text is no JSON.
  static std::optional<std::vector<std::string>> inside_json(std::string_view text) {
    const std::string_view trimmed = base::trim(text);
    if (!trimmed.starts_with('{') && !trimmed.starts_with('[')) {
      return std::nullopt;
    }
    base::Sources sources;
    base::Diagnostics unheard;  // it need not be JSON
    const auto document =
        base::parse_json(sources, sources.add("", std::string(trimmed), ""), unheard);
    if (!document) {
      return std::nullopt;
    }
    std::vector<blueprint::SecretPlace> places;
    const blueprint::Evidence nowhere;
    Finder(nowhere, places).visit(document->root(), {}, {"", ""});
    std::vector<std::string> found;
    for (blueprint::SecretPlace& place : places) {
      if (std::find(found.begin(), found.end(), place.what) == found.end()) {
        found.push_back(std::move(place.what));
      }
    }
    return found;
  }

  const blueprint::Evidence& evidence_;
  std::vector<blueprint::SecretPlace>& out_;
};

}  // namespace

void find_secrets(Node attributes, Node sensitive, const blueprint::Evidence& evidence,
                  std::vector<blueprint::SecretPlace>& out, std::string_view name) {
  Finder(evidence, out).visit(attributes, sensitive, {evidence.pointer, name});
}

void find_secrets_of_object(Node object, const blueprint::Evidence& evidence,
                            std::vector<blueprint::SecretPlace>& out) {
  // A release that Helm keeps is packed; what SOPS has encrypted says so beside.
  if (object["type"].text().starts_with("helm.sh/") || object["sops"].exists()) {
    return;
  }
  for (const std::string_view member : {"data", "stringData"}) {
    const Node values = object[member];
    for (std::size_t i = 0; values.is(NodeKind::map) && i < values.size(); ++i) {
      const std::string_view written = values.at(i).text();
      const std::string decoded = member == "data" ? text_of_base64(base::trim(written)) : "";
      const std::string_view value = decoded.empty() ? written : std::string_view(decoded);
      if (!is_public_name(values.key(i)) && !stands_for_a_secret(value) &&
          !is_to_be_replaced(value)) {
        out.push_back({std::string(values.key(i)), {evidence.address, values.at(i).span(), ""}});
      }
    }
  }
}

}  // namespace outlast::import

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "findings/rules.h"
#include "gate/ignores.h"

namespace outlast::gate {

using blueprint::Remark;

namespace {

constexpr std::string_view kExample =
    "outlast:ignore=OUT-A001 reason=\"one is enough\" until=2027-01-31";

/// The rule with this id, in any case; absent if there is none.
std::optional<std::string> rule_id(std::string_view text) {
  for (const findings::Rule& rule : findings::all_rules()) {
    if (base::to_lower(rule.id) == base::to_lower(text)) {
      return std::string(rule.id);
    }
  }
  return std::nullopt;
}

class TextReader {
 public:
  TextReader(const Remark& remark, base::Diagnostics& diagnostics)
      : remark_(remark), diagnostics_(diagnostics) {}

  std::vector<Ignore> read() {
    remark_.kind == Remark::Kind::comment ? read_pairs(remark_.text) : read_tag();
    if (!is_right_) {
      return {};
    }
    if (rules_.empty() || reason_.empty()) {
      warn(rules_.empty() ? "this ignore names no rule" : "this ignore gives no reason");
      return {};
    }
    std::vector<Ignore> ignores;
    const auto origin =
        remark_.kind == Remark::Kind::tag ? Ignore::Origin::tag : Ignore::Origin::comment;
    for (const std::string& rule : rules_) {
      ignores.push_back({origin, rule, remark_.addresses, reason_, until_, remark_.span});
    }
    return ignores;
  }

 private:
  void warn(const std::string& message, std::string help = "") {
    if (help.empty()) {
      help = remark_.kind == Remark::Kind::tag
                 ? "write the tag outlast-ignore as: OUT-A001 one is enough until 2027-01-31"
                 : fmt::format("write it as: # {}", kExample);
    }
    diagnostics_.warning("OUT-E1420", remark_.span, message + "; it hides nothing",
                         std::move(help));
    is_right_ = false;
  }

  void take_rules(std::string_view text) {
    for (const std::string_view item : base::split(text, ',')) {
      if (const auto id = rule_id(base::trim(item))) {
        rules_.push_back(*id);
      } else if (!base::trim(item).empty()) {
        std::vector<std::string_view> ids;
        for (const findings::Rule& rule : findings::all_rules()) {
          ids.push_back(rule.id);
        }
        warn(fmt::format("there is no rule {}", item), base::suggest(item, ids));
      }
    }
  }

  void take_date(std::string_view text) {
    until_ = base::parse_date(text);
    if (!until_) {
      warn(fmt::format("\"{}\" is no date like 2027-01-31", text));
    }
  }

  /// ignore=ID[,ID] reason="…" until=DATE, in any order.
  void read_pairs(std::string_view rest) {
    while (!rest.empty() && is_right_) {
      const std::size_t equals = rest.find('=');
      if (equals == std::string_view::npos) {
        warn(fmt::format("\"{}\" is not understood", base::trim(rest)));
        return;
      }
      const std::string_view key = base::trim(rest.substr(0, equals));
      rest.remove_prefix(equals + 1);
      const bool is_quoted = rest.starts_with('"');
      const std::size_t end = is_quoted ? rest.find('"', 1) : rest.find_first_of(" \t");
      const std::string_view value = rest.substr(is_quoted ? 1 : 0, end - (is_quoted ? 1 : 0));
      take(key, value);
      const std::size_t behind = end == std::string_view::npos ? rest.size() : end + 1;
      rest = base::trim(rest.substr(behind));
    }
  }

  void take(std::string_view key, std::string_view value) {
    constexpr std::string_view kKeys[] = {"ignore", "reason", "until"};
    if (key == "ignore") {
      take_rules(value);
    } else if (key == "reason") {
      reason_ = base::trim(value);
    } else if (key == "until") {
      take_date(value);
    } else {
      warn(fmt::format("unknown key \"{}\" behind outlast:", key), base::suggest(key, kKeys));
    }
  }

  /// ID, then words; `until` and a date end it. Labels of some clouds know _ and - only. Keys as in a
  /// comment are read as there.
  void read_tag() {
    std::string text = remark_.text;
    constexpr std::size_t kIdLength = std::string_view("OUT-A001").size();
    take_rules(std::string_view(text).substr(0, kIdLength));
    text = text.size() > kIdLength ? text.substr(kIdLength) : "";
    if (text.find("reason=") != std::string::npos || text.find("until=") != std::string::npos) {
      read_pairs(base::trim(text));
      return;
    }
    std::replace(text.begin(), text.end(), '_', ' ');
    constexpr std::string_view kUntil = "until";
    constexpr std::size_t kDateLength = std::string_view("2027-01-31").size();
    if (const auto at = text.rfind(kUntil);
        at != std::string::npos && text.size() == at + kUntil.size() + 1 + kDateLength) {
      take_date(std::string_view(text).substr(at + kUntil.size() + 1));
      text.resize(at);
    }
    const auto first = text.find_first_not_of(" :=-");
    reason_ = first == std::string::npos ? "" : base::trim(std::string_view(text).substr(first));
  }

  const Remark& remark_;
  base::Diagnostics& diagnostics_;
  std::vector<std::string> rules_;
  std::string reason_;
  std::optional<base::Date> until_;
  bool is_right_ = true;
};

}  // namespace

std::vector<Ignore> read_ignores(const std::vector<Remark>& remarks,
                                 base::Diagnostics& diagnostics) {
  std::vector<Ignore> all;
  for (const Remark& remark : remarks) {
    auto ignores = TextReader(remark, diagnostics).read();
    std::move(ignores.begin(), ignores.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace outlast::gate

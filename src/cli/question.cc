#include "cli/question.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"

namespace outlast::cli {
namespace {

struct Member {
  std::string_view key;
  base::NodeKind kind;
  std::string_view question;  ///< empty: all
};

constexpr auto kText = base::NodeKind::string;
constexpr Member kMembers[] = {{"text", kText, ""},
                               {"input", kText, ""},
                               {"said", base::NodeKind::boolean, ""},
                               {"incident", kText, "replay"},
                               {"all", base::NodeKind::boolean, "replay"},
                               {"at", kText, "replay"},
                               {"from", base::NodeKind::number, "surge"},
                               {"to", base::NodeKind::number, "surge"},
                               {"in", kText, "surge"},
                               {"scenario", kText, "simulate"},
                               {"until", kText, "simulate"},
                               {"id", kText, "explain"}};

/// What a question cannot do without; where there is an alternative, one of the two.
struct Wanted {
  std::string_view question;
  std::string_view key;
  std::string_view or_key = {};
};

constexpr Wanted kWanted[] = {{"replay", "incident", "all"},
                              {"simulate", "scenario"},
                              {"explain", "id"},
                              {"compare", "text"}};

std::vector<std::string_view> keys_of(std::string_view question) {
  std::vector<std::string_view> keys;
  for (const Member& member : kMembers) {
    if (member.question.empty() || member.question == question) {
      keys.push_back(member.key);
    }
  }
  return keys;
}

const Member* member_called(std::string_view key, std::string_view question) {
  for (const Member& member : kMembers) {
    if (member.key == key && (member.question.empty() || member.question == question)) {
      return &member;
    }
  }
  return nullptr;
}

}  // namespace

Question::Question(const serve::Ask& ask) {
  const auto source = sources_.add("question", ask.body, "");
  document_ = base::parse_json(sources_, source, diagnostics_);
  if (!document_) {
    return;
  }
  const base::Node root = document_->root();
  if (!root.is(base::NodeKind::map)) {
    diagnostics_.error("OUT-E1901", root.span(), "a question is an object");
    return;
  }
  for (std::size_t i = 0; i < root.size(); ++i) {
    check_member(ask.question, i);
  }
  if (has("input") && !has("text")) {
    diagnostics_.error("OUT-E1904", member("input").span(), "the text of the input is missing",
                       "send it as `text`");
  }
  check_presence(ask.question);
}

void Question::check_presence(std::string_view question) {
  for (const Wanted& wanted : kWanted) {
    if (wanted.question == question && !has(wanted.key) && !has(wanted.or_key)) {
      diagnostics_.error(
          "OUT-E1909", document_->root().span(),
          fmt::format("{} needs the member \"{}\"", question, wanted.key),
          wanted.or_key.empty() ? "" : fmt::format("or \"{}\": true in its place", wanted.or_key));
    }
  }
}

void Question::check_member(std::string_view question, std::size_t i) {
  const base::Node root = document_->root();
  const base::Node value = root.at(i);
  const Member* known = member_called(root.key(i), question);
  if (known == nullptr) {
    diagnostics_.error("OUT-E1902", root.key_span(i),
                       fmt::format("{} has no member \"{}\"", question, root.key(i)),
                       base::suggest(root.key(i), keys_of(question)));
  } else if (!value.is(known->kind)) {
    diagnostics_.error("OUT-E1903", value.span(),
                       fmt::format("{} is {}, not {}", known->key, base::words_for(value.kind()),
                                   base::words_for(known->kind)));
  } else if (value.is(base::NodeKind::number) && !value.as_number()) {
    diagnostics_.error("OUT-E1907", value.span(),
                       fmt::format("{}: the number is too large to be read", known->key));
  }
}

base::Node Question::member(std::string_view key) const {
  return document_ ? document_->root()[key] : base::Node();
}

std::string Question::text_of(std::string_view key) const {
  return std::string(member(key).text());
}

std::optional<double> Question::number_of(std::string_view key) const {
  return member(key).as_number();
}

bool Question::flag_of(std::string_view key) const {
  return member(key).as_bool().value_or(false);
}

}  // namespace outlast::cli

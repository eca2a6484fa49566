#include "import/need_yaml.h"

#include <fmt/format.h>

#include <algorithm>

namespace outlast::import {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
using blueprint::DraftNeed;
using blueprint::Provenance;
using blueprint::Section;
using blueprint::Strength;
using blueprint::Value;

namespace {

bool is_need_key(std::string_view key) {
  const auto known = blueprint::format_keys();
  return std::any_of(known.begin(), known.end(), [&](const auto& candidate) {
    return candidate.section == Section::need && candidate.key == key;
  });
}

void read_local(KeyReader& reader, DraftNeed& need) {
  const auto local = reader.text("local");
  if (!local.is_known() || *local == "false") {
    return;
  }
  need.is_local = true;
  if (*local != "true") {
    need.local_zone = *local;
  }
}

void read_attributes(KeyReader& reader, DraftNeed& need) {
  need.at_least = reader.integer("at_least");
  need.via = reader.text("via").value_or("");
  need.strength.override_by(reader.choice<Strength>("strength"));
  need.kind = reader.choice<blueprint::EdgeKind>("kind");
  need.operations = reader.texts("operations");
  need.loses = reader.interval("loses");
  if (need.loses.is_known() && !need.strength.is_unknown() &&
      need.strength.value_or(Strength::hard) != Strength::soft) {
    reader.wrong(need.loses.span(), "loses: only a soft need loses a part",
                 "add `strength: soft`, or leave `loses` out");
  }
  need.buffer = reader.duration("buffer");
  need.every = reader.duration("every");
  need.retry = reader.duration("retry");
  need.pool = reader.duration("pool");
  need.ttl = reader.duration("ttl");
  need.refill = reader.duration("refill");
  need.switching.detect = reader.duration("detect");
  need.switching.takes = reader.duration("takes");
  need.switching.notices = reader.share("notices");
  read_local(reader, need);
}

/// `{cache: soft}` and `{orders: {…}}`: the only key is the target.
void read_short(KeyReader& component, Node item, DraftNeed& need, Diagnostics& diagnostics) {
  need.any_of = {std::string(item.key(0))};
  need.targets = item.key_span(0);
  const Node value = item.at(0);
  if (value.is(NodeKind::map)) {
    KeyReader reader(value, Section::need, diagnostics);
    if (value["to"].exists() || value["any_of"].exists()) {
      reader.wrong(value.span(), fmt::format("this need is to {} already", item.key(0)),
                   "write `to` and `any_of` in a map of their own: {to: db, strength: soft}");
    }
    read_attributes(reader, need);
    return;
  }
  if (value.text().empty()) {
    component.wrong(value.span(), fmt::format("{}: expected a strength or a map", item.key(0)),
                    "write `{db: soft}` or `{db: {strength: soft, loses: 20%}}`");
    return;
  }
  const auto strength = blueprint::parse_name<Strength>(value.text());
  if (!strength) {
    component.unknown_choice("strength", value.text(), value.span(), blueprint::kNames<Strength>);
    return;
  }
  need.strength = Value<Strength>::of(*strength, Provenance::stated, value.span());
}

void read_long(Node item, DraftNeed& need, Diagnostics& diagnostics) {
  KeyReader reader(item, Section::need, diagnostics);
  const auto to = reader.text("to");
  need.any_of = reader.texts("any_of");
  need.targets = reader.node("any_of").span();
  if (to.is_known() && !need.any_of.empty()) {
    reader.wrong(item.span(), "a need has either `to` or `any_of`", "leave one of them out");
  } else if (to.is_known()) {
    need.any_of = {*to};
    need.targets = to.span();
  } else if (need.any_of.empty() && to.is_unset() && !reader.node("any_of").exists()) {
    reader.wrong(item.span(), "a need does not say what it is to", "add `to: COMPONENT`");
  }
  read_attributes(reader, need);
}

}  // namespace

std::vector<DraftNeed> read_needs(KeyReader& component, const std::string& id,
                                  Diagnostics& diagnostics) {
  std::vector<DraftNeed> needs;
  const Node list = component.node("needs");
  if (!list.exists() || list.is(NodeKind::null)) {
    return needs;
  }
  if (!list.is(NodeKind::list)) {
    component.wrong(list.span(), "needs: expected a list", "write `needs: [db, {cache: soft}]`");
    return needs;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Node item = list.at(i);
    DraftNeed need;
    need.evidence = {id, item.span(), ""};
    if (item.is(NodeKind::map) && item.size() == 1 && !is_need_key(item.key(0))) {
      read_short(component, item, need, diagnostics);
    } else if (item.is(NodeKind::map)) {
      read_long(item, need, diagnostics);
    } else if (item.is(NodeKind::string)) {
      need.any_of = {std::string(item.text())};
    } else {
      component.wrong(item.span(), "a need is a name or a map",
                      "write `needs: [db, {cache: soft}]`");
      continue;
    }
    if (!need.any_of.empty()) {
      needs.push_back(std::move(need));
    }
  }
  return needs;
}

}  // namespace outlast::import

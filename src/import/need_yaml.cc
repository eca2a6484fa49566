#include "import/need_yaml.h"

#include <fmt/format.h>

#include <algorithm>

#include "import/sections.h"

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

/// Some resolvers keep an address for longer than they are told to.
void read_stale(KeyReader& reader, DraftNeed& need) {
  need.stale = reader.share("stale");
  need.stale_for = reader.duration("stale_for");
  if (need.stale_for.is_known() && need.stale.is_unset()) {
    reader.wrong(need.stale_for.span(), "stale_for: of nobody",
                 "say how many keep the address so long: stale: 5%");
  }
  if (need.stale.is_known() && need.ttl.is_unset()) {
    reader.wrong(need.stale.span(), "stale: longer than what",
                 "add how long others keep it: ttl: 60s");
  }
  const bool is_shorter =
      need.stale_for.is_known() && need.ttl.is_known() && need.stale_for->value < need.ttl->value;
  if (is_shorter) {
    reader.wrong(need.stale_for.span(), "stale_for: shorter than ttl",
                 "who keeps an address as long as he should is not stale");
  }
}

void read_cached(KeyReader& reader, DraftNeed& need, Diagnostics& diagnostics) {
  read_section(reader, "cached", Section::cached, diagnostics, [&](KeyReader& r) {
    constexpr std::int64_t kMostItems = 1'000'000'000'000;
    need.cached.exists = true;
    need.cached.hits = r.share("hits");
    need.cached.items = r.integer("items", kMostItems);
    need.cached_in = r.text("in").value_or("");
    if (need.cached.items.is_known() && *need.cached.items == 0) {
      r.wrong(need.cached.items.span(), "items: what holds none keeps no answer",
              "write at least 1, or leave `cached` out");
    }
    if (need.any_of.size() > 1) {
      r.wrong(reader.node("cached").span(), "cached: answers of one of several",
              "write a need of its own for what is kept: {to: db, cached: {hits: 90%}}");
    }
    if (need.strength.is_known() && *need.strength != Strength::hard &&
        *need.strength != Strength::soft && *need.strength != Strength::auth) {
      r.wrong(reader.node("cached").span(), "cached: nobody waits for an answer of this need",
              "leave it out, or make the need hard, soft or auth");
    }
  });
}

void read_attributes(KeyReader& reader, DraftNeed& need, Diagnostics& diagnostics) {
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
  read_stale(reader, need);
  read_cached(reader, need, diagnostics);
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
    read_attributes(reader, need, diagnostics);
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
  read_attributes(reader, need, diagnostics);
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

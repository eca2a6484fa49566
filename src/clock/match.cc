#include "clock/match.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.h"

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Match;

namespace {

bool is_of_type(std::string_view type, std::string_view wanted) {
  return type == wanted ||
         (type.starts_with(wanted) && type.substr(wanted.size()).starts_with('.'));
}

bool has_group(const Blueprint& bp, ComponentId id, FateKind kind, std::string_view name) {
  const auto& groups = bp[id].fate_groups;
  return std::any_of(groups.begin(), groups.end(), [&](FateGroupId group) {
    return bp[group].kind == kind && bp[group].name == name;
  });
}

/// One key of a match: its word, whom it fits, and every word that would have fitted somebody.
struct Key {
  const blueprint::Value<std::string>& word;
  std::string_view name;
  std::function<bool(ComponentId)> fits;
  std::function<void(ComponentId, std::vector<std::string>&)> words;
};

std::vector<Key> keys_of(const Blueprint& bp, const Match& m) {
  const auto word = [](const auto& value) { return value.value_or(""); };
  const auto groups = [&bp](FateKind kind, ComponentId id, std::vector<std::string>& out) {
    for (const FateGroupId group : bp[id].fate_groups) {
      if (bp[group].kind == kind) {
        out.push_back(bp[group].name);
      }
    }
  };
  return {
      {m.component, "component",
       [&bp, w = word(m.component)](ComponentId id) { return bp[id].id == w || bp[id].name == w; },
       [&bp](ComponentId id, auto& out) {
         out.push_back(bp[id].id);
         out.push_back(bp[id].name);
       }},
      {m.zone, "zone",
       [&bp, w = word(m.zone)](ComponentId id) {
         const auto& replicas = bp[id].replicas;
         return std::any_of(replicas.begin(), replicas.end(), [&](const auto& replica) {
           return is_zone_called(bp, replica.zone, w);
         });
       },
       [&bp](ComponentId id, auto& out) {
         for (const auto& replica : bp[id].replicas) {
           if (replica.zone.exists()) {
             out.push_back(bp[replica.zone].name);
           }
         }
       }},
      {m.region, "region",
       [&bp, w = word(m.region)](ComponentId id) { return bp[id].region.value_or("") == w; },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].region.value_or("")); }},
      {m.type, "type",
       [&bp, w = word(m.type)](ComponentId id) {
         return is_of_type(bp[id].type, w) || bp[id].written_type == w;
       },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].type); }},
      {m.service, "service",
       [&bp, w = word(m.service)](ComponentId id) {
         return has_group(bp, id, FateKind::service, w);
       },
       [groups](ComponentId id, auto& out) { groups(FateKind::service, id, out); }},
      {m.provider, "provider",
       [&bp, w = word(m.provider)](ComponentId id) { return bp[id].provider == w; },
       [&bp](ComponentId id, auto& out) { out.push_back(bp[id].provider); }}};
}

}  // namespace

bool is_zone_called(const Blueprint& bp, FateGroupId zone, std::string_view name) {
  return zone.exists() && (bp[zone].name == name || bp[zone].title == name ||
                           bp[zone].region + bp[zone].name == name ||
                           bp[zone].name == bp[zone].region + std::string(name));
}

std::vector<ComponentId> matched(const Blueprint& bp, const Match& match,
                                 base::Diagnostics& diagnostics) {
  std::vector<ComponentId> all;
  std::vector<bool> is_in(bp.components().size(), true);
  for (const Key& key : keys_of(bp, match)) {
    if (!key.word.is_known()) {
      continue;
    }
    bool fits_any = false;
    std::vector<std::string> words;
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      const bool fits = key.fits(id);
      fits_any = fits_any || fits;
      is_in[id.index] = is_in[id.index] && fits;
      key.words(id, words);
    }
    if (!fits_any) {
      std::erase(words, "");
      std::sort(words.begin(), words.end());
      words.erase(std::unique(words.begin(), words.end()), words.end());
      const std::vector<std::string_view> known(words.begin(), words.end());
      diagnostics.error("OUT-E1812", key.word.span(),
                        fmt::format("there is no {} \"{}\" here", key.name, *key.word),
                        base::suggest(*key.word, known));
      return {};
    }
  }
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (is_in[id.index]) {
      all.push_back(id);
    }
  }
  if (all.empty()) {
    diagnostics.error("OUT-E1812", match.span, "nothing here fits all of it",
                      "each key narrows the match: leave one out");
  }
  return all;
}

double share_in_zone(const Blueprint& bp, ComponentId id, std::string_view zone) {
  const auto& c = bp[id];
  if (c.redundancy == blueprint::Redundancy::primary_standby) {
    return is_zone_called(bp, c.replicas.front().zone, zone) ? 1 : 0;
  }
  const auto in = std::count_if(c.replicas.begin(), c.replicas.end(), [&](const auto& replica) {
    return is_zone_called(bp, replica.zone, zone);
  });
  return static_cast<double>(in) / static_cast<double>(c.replicas.size());
}

}  // namespace outlast::clock

#include "replay/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "base/text.h"

namespace outlast::replay {

using blueprint::Blueprint;

namespace {

/// "how long web goes on without sessions is not stated (buffer: 1h)".
std::string buffer_question(const Blueprint& bp, const Player& player) {
  std::set<std::string> by;
  std::set<std::string> of;
  for (const blueprint::NeedId id : player.open_buffers()) {
    by.insert(bp[bp[id].from].name);
    for (const blueprint::ComponentId target : bp[id].any_of) {
      of.insert(bp[target].name);
    }
  }
  return of.empty() ? ""
                    : fmt::format("how long {} can do without {} is not stated (buffer: 1h)",
                                  base::join_words(std::vector(by.begin(), by.end())),
                                  base::join_words(std::vector(of.begin(), of.end())));
}

/// What needs do not say of what they ask for: "what web asks of idp is not stated".
std::string asked_question(const Blueprint& bp, const Player& player) {
  std::set<std::string> by;
  std::set<std::string> of;
  for (const OpenNeed& open : player.open_needs()) {
    by.insert(bp[bp[open.need].from].name);
    of.insert(bp[open.target].name);
  }
  return of.empty()
             ? ""
             : fmt::format(
                   "what is asked of {} by {} is not stated: sign-in (operations: [auth]), or not",
                   base::join_words(std::vector(of.begin(), of.end())),
                   base::join_words(std::vector(by.begin(), by.end())));
}

/// "proxy and bot_management of edge are not known".
std::string exposure_question(const Blueprint& bp, const Player& player) {
  std::set<std::string> open;
  std::set<std::string> of;
  for (const Blow& blow : player.blows()) {
    if (blow.exposure == Exposure::unknown) {
      for (const std::string& trait :
           open_traits(player.incident().phases[blow.phase], bp[blow.component])) {
        open.insert(trait);
      }
      if (blow.is_cloud_open) {
        open.insert("the cloud");
      }
      of.insert(bp[blow.component].name);
    }
  }
  const std::vector<std::string> traits(open.begin(), open.end());
  const std::vector<std::string> names(of.begin(), of.end());
  return of.empty() ? ""
                    : fmt::format("{} of {} {} not known", base::join_words(traits),
                                  base::join_words(names), traits.size() == 1 ? "is" : "are");
}

}  // namespace

std::string question_of(const Blueprint& bp, const Player& player) {
  std::string all;
  for (const std::string& question :
       {exposure_question(bp, player), asked_question(bp, player), buffer_question(bp, player)}) {
    all += (all.empty() || question.empty() ? "" : "; ") + question;
  }
  return all;
}

bool is_any_open(const Player& player) {
  return !player.open_needs().empty() || !player.open_buffers().empty() ||
         std::any_of(player.blows().begin(), player.blows().end(),
                     [](const Blow& blow) { return blow.exposure == Exposure::unknown; });
}

bool is_place_open(const Blueprint& bp, const Player& player) {
  return std::any_of(player.blows().begin(), player.blows().end(), [&](const Blow& blow) {
    const blueprint::Component& c = bp[blow.component];
    const bool is_region_open = blow.exposure == Exposure::unknown && !c.region.is_known() &&
                                c.scope != blueprint::Scope::global;
    return blow.is_cloud_open || is_region_open;
  });
}

std::vector<std::map<std::string, std::string>> possible_traits(const Blueprint& bp,
                                                                const Player& player) {
  std::map<std::string, std::set<std::string>> open;
  for (const Blow& blow : player.blows()) {
    for (const auto& [name, value] : player.incident().phases[blow.phase].match.cohort.traits) {
      if (blow.exposure == Exposure::unknown && !bp[blow.component].traits.contains(name)) {
        open[name].insert(value);
      }
    }
  }
  std::vector<std::map<std::string, std::string>> all(1);
  for (const auto& [name, values] : open) {
    if (values.size() < 2) {
      continue;
    }
    std::vector<std::map<std::string, std::string>> longer;
    for (const auto& traits : all) {
      for (const std::string& value : values) {
        longer.push_back(traits);
        longer.back().emplace(name, value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

}  // namespace outlast::replay

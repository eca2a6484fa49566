// From a blueprint to what is drawn of it.
//
// Each component gets a key: its id, or one that it shares with others it is drawn together with.
// Keys are made coarser until few enough are left: first what no journey needs is one node in each
// place, then what is of one type in one place, then single points of one type too. Boxes, nodes
// and lines come out of ordered maps of names, so that the order of an input leaves no trace.

#include "picture/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/quoted_line.h"
#include "base/text.h"
#include "blueprint/reached.h"
#include "picture/addresses.h"
#include "picture/marks.h"

namespace outlast::picture {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Strength;

namespace {

/// How much is drawn as one, the finest first.
enum class Detail { all, unused_as_one, alike_as_one, single_points_too };
constexpr Detail kDetails[] = {Detail::all, Detail::unused_as_one, Detail::alike_as_one,
                               Detail::single_points_too};

/// Of a node: its address, and within it what it is drawn with.
using Key = std::tuple<Address, std::string, std::string>;

LineKind kind_of(const Need& need) {
  if (need.confidence == blueprint::Confidence::inferred) {
    return LineKind::possible;
  }
  switch (need.strength) {
    case Strength::hard:
    case Strength::auth:
      return LineKind::needs;
    case Strength::soft:
    case Strength::async:
    case Strength::refresh:
      return LineKind::lessens;
    case Strength::startup:
    case Strength::control:
    case Strength::observe:
      break;
  }
  return LineKind::manages;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string type_text(const Component& c) {
  return c.type.empty() ? std::string(blueprint::name_of(c.kind)) : c.type;
}

/// "3 in 3 zones, needs 2": of what has replicas; else its type.
std::string detail_of(const Component& c) {
  if (c.kind == blueprint::Kind::external) {
    return "third party";
  }
  if (c.replicas.size() < 2) {
    return type_text(c);
  }
  std::set<std::uint32_t> zones;
  for (const blueprint::Replica& replica : c.replicas) {
    if (replica.zone.exists()) {
      zones.insert(replica.zone.index);
    }
  }
  const std::string where = zones.size() > 1 ? " in " + counted(zones.size(), "zone") : "";
  return fmt::format("{}{}, needs {}", c.replicas.size(), where, c.at_least);
}

std::string tooltip_of(const Component& c) {
  const std::string detail = detail_of(c);
  const std::string type = type_text(c);
  return c.id + (c.name == c.id ? "" : " (" + c.name + ")") + ": " + type +
         (detail == type ? "" : ", " + detail);
}

class Drawer {
 public:
  Drawer(const Blueprint& bp, const findings::Analysis& analysis)
      : bp_(bp),
        points_(find_single_points(analysis)),
        is_on_journey_(blueprint::reached_from(bp, blueprint::entries_of(bp))),
        addresses_(bp) {}

  Drawing draw(std::size_t most) {
    choose_keys(most);
    drawing_.title = bp_.name();
    drawing_.boxes.emplace_back();
    add_nodes();
    add_lines();
    describe();
    return std::move(drawing_);
  }

 private:
  [[nodiscard]] Key key_of(ComponentId id, Detail detail) const {
    const Component& c = bp_[id];
    const Address& address = addresses_.of(id);
    const bool is_single = points_.components.contains(c.id);
    if (detail >= Detail::unused_as_one && !is_on_journey_[id.index] && !is_single) {
      return {addresses_.known(address), "", ""};
    }
    if (detail >= Detail::single_points_too || (detail >= Detail::alike_as_one && !is_single)) {
      return {addresses_.known(address), type_text(c) + (is_single ? "!" : ""), ""};
    }
    return {is_boxed(id) ? address : addresses_.known(address), type_text(c), c.id};
  }

  /// A box around one node, for a place that is not known, tells nothing: but that all of its replicas
  /// stop users together.
  [[nodiscard]] bool is_boxed(ComponentId id) const {
    return !addresses_.is_alone_in_a_guess(id) ||
           (!points_.components.contains(bp_[id].id) &&
            addresses_.boxes_of(addresses_.of(id), points_).back().second.is_single_point);
  }

  void choose_keys(std::size_t most) {
    for (const Detail detail : kDetails) {
      members_.clear();
      for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
        members_[key_of(id, detail)].push_back(id);
      }
      if (members_.size() <= most) {
        break;
      }
    }
    for (auto& [key, members] : members_) {
      std::sort(members.begin(), members.end(),
                [&](ComponentId a, ComponentId b) { return bp_[a].id < bp_[b].id; });
    }
  }

  /// The box of an address, made with all that it lies in.
  std::size_t box_of(const Address& address) {
    std::size_t box = 0;
    for (const auto& [part, inner] : addresses_.boxes_of(address, points_)) {
      const auto [at, is_new] = boxes_.emplace(part, drawing_.boxes.size());
      if (is_new) {
        drawing_.boxes.push_back(inner);
        drawing_.boxes.back().parent = box;
      }
      box = at->second;
    }
    return box;
  }

  void add_nodes() {
    if (!bp_.journeys().empty()) {
      Node users{0, "users", counted(bp_.journeys().size(), "journey")};
      users.is_users = true;
      std::vector<std::string> names;
      for (const blueprint::Journey& journey : bp_.journeys()) {
        names.push_back(journey.name);
      }
      std::sort(names.begin(), names.end());
      users.tooltip = "users come for " + base::join_words(names, kMostTold);
      drawing_.nodes.push_back(std::move(users));
    }
    nodes_.resize(bp_.components().size());
    for (const auto& [key, members] : members_) {
      for (const ComponentId id : members) {
        nodes_[id.index] = drawing_.nodes.size();
      }
      const Component& first = bp_[members.front()];
      Node node = std::get<2>(key).empty()
                      ? crowd_of(members)
                      : Node{0, first.name, detail_of(first), tooltip_of(first)};
      node.box = box_of(std::get<0>(key));
      node.is_single_point = points_.components.contains(first.id);
      node.is_on_journey = std::any_of(members.begin(), members.end(),
                                       [&](ComponentId id) { return is_on_journey_[id.index]; });
      drawing_.nodes.push_back(std::move(node));
    }
  }

  /// Several that are drawn as one; a single one that could have been is drawn as itself.
  Node crowd_of(const std::vector<ComponentId>& members) {
    const Component& first = bp_[members.front()];
    if (members.size() == 1) {
      return {0, first.name, detail_of(first), tooltip_of(first)};
    }
    std::vector<std::string> names;
    for (const ComponentId id : members) {
      names.push_back(bp_[id].id);
    }
    const bool is_used =
        is_on_journey_[members.front().index] || points_.components.contains(first.id);
    (is_used ? alike_ : unused_) += members.size();
    Node node;
    node.name = fmt::format("{} components", members.size());
    node.detail = is_used ? type_text(first) : "no journey needs them";
    node.tooltip = base::join_words(names, kMostTold);
    node.count = members.size();
    return node;
  }

  void add_line(std::size_t from, std::size_t to, LineKind kind, std::string told) {
    if (from != to) {
      auto& [strongest, words] = lines_[{from, to}];
      strongest = words.empty() ? kind : std::min(strongest, kind);
      words.insert(std::move(told));
    }
  }

  void add_lines() {
    for (const blueprint::Journey& journey : bp_.journeys()) {
      for (const blueprint::Cohort& cohort : journey.cohorts) {
        add_line(0, nodes_[cohort.enters.index], LineKind::enters,
                 fmt::format("{} enters at {}", journey.name, bp_[cohort.enters].name));
      }
    }
    for (const Need& need : bp_.needs()) {
      std::vector<ComponentId> targets = need.any_of;
      if (need.via.exists()) {
        targets.push_back(need.via);
      }
      for (const ComponentId target : targets) {
        add_line(
            nodes_[need.from.index], nodes_[target.index], kind_of(need),
            fmt::format("{} → {} ({}, {})", bp_[need.from].name, bp_[target].name,
                        blueprint::name_of(need.strength), blueprint::name_of(need.confidence)));
      }
    }
    for (const auto& [ends, told] : lines_) {
      const auto& [kind, words] = told;
      const std::vector<std::string> all(words.begin(), words.end());
      drawing_.lines.push_back({ends.first, ends.second, kind, base::join_words(all, kMostTold)});
    }
  }

  void describe() {
    std::vector<std::string> singles;
    for (const Node& node : drawing_.nodes) {
      if (node.is_single_point) {
        singles.push_back(node.count > 1 ? fmt::format("{} of {}", node.name, node.detail)
                                         : node.name);
      }
    }
    for (const Box& box : drawing_.boxes) {
      if (box.is_single_point) {
        singles.push_back(box.title);
      }
    }
    drawing_.description =
        counted(bp_.components().size(), "component") + ". " +
        (singles.empty()
             ? "No single point of failure is found."
             : "Single points of failure: " + base::join_words(singles, kMostTold) + ".");
    if (!points_.services.empty()) {
      const std::vector<std::string> services(points_.services.begin(), points_.services.end());
      drawing_.footnote.push_back("services of providers whose loss alone stops users: " +
                                  base::join_words(services, kMostServices));
    }
    if (unused_ > 0) {
      drawing_.footnote.push_back(
          fmt::format("{} components that no journey needs are drawn by place only", unused_));
    }
    if (alike_ > 0) {
      drawing_.footnote.push_back(
          fmt::format("{} components are drawn together by place and type", alike_));
    }
  }

  static constexpr std::size_t kMostTold = 12;
  static constexpr std::size_t kMostServices = 4;

  const Blueprint& bp_;
  SinglePoints points_;
  std::vector<bool> is_on_journey_;
  Addresses addresses_;
  std::map<Key, std::vector<ComponentId>> members_;
  std::map<Address, std::size_t> boxes_;
  std::vector<std::size_t> nodes_;  ///< by component
  std::map<std::pair<std::size_t, std::size_t>, std::pair<LineKind, std::set<std::string>>> lines_;
  std::size_t unused_ = 0;
  std::size_t alike_ = 0;
  Drawing drawing_;
};

}  // namespace

Drawing draw(const Blueprint& bp, const findings::Analysis& analysis, std::size_t most) {
  return Drawer(bp, analysis).draw(most);
}

}  // namespace outlast::picture

#include "pipeline/cause_finder.h"

#include <algorithm>

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;

CauseFinder::CauseFinder(const Blueprint& base, const Blueprint& head,
                         const std::vector<findings::ComponentChange>& changes)
    : base_(base), head_(head) {
  for (const findings::ComponentChange& change : changes) {
    changed_.insert(change.id);
  }
}

std::vector<std::string> CauseFinder::behind(const std::vector<std::string>& about) const {
  std::set<std::string> direct;
  for (const std::string& what : about) {
    if (changed_.contains(what)) {
      direct.insert(what);
    }
    add_those_in(base_, what, direct);
    add_those_in(head_, what, direct);
  }
  if (direct.empty()) {
    for (const std::string& what : about) {
      add_neighbours(base_, what, direct);
      add_neighbours(head_, what, direct);
    }
  }
  if (direct.empty() && changed_.size() == 1) {
    direct = changed_;  // nothing else differs
  }
  return {direct.begin(), direct.end()};
}

/// Changed components in a place, or of a resource that is part of them.
void CauseFinder::add_those_in(const Blueprint& bp, const std::string& what,
                               std::set<std::string>& out) const {
  const auto is_it = [&](blueprint::FateGroupId id) {
    return id.exists() && (bp[id].name == what || bp[id].title == what ||
                           what == bp[id].name + " / " + bp[id].region);
  };
  for (const Component& c : bp.components()) {
    const bool lies_there =
        std::find(c.parts.begin(), c.parts.end(), what) != c.parts.end() ||
        std::any_of(c.fate_groups.begin(), c.fate_groups.end(), is_it) ||
        std::any_of(c.replicas.begin(), c.replicas.end(), [&](const auto& replica) {
          return is_it(replica.zone) ||
                 std::any_of(replica.fate_groups.begin(), replica.fate_groups.end(), is_it);
        });
    if (lies_there && changed_.contains(c.id)) {
      out.insert(c.id);
    }
  }
}

/// Changed components that it needs, or that need it.
void CauseFinder::add_neighbours(const Blueprint& bp, const std::string& what,
                                 std::set<std::string>& out) const {
  const ComponentId self = bp.find(what);
  if (!self.exists()) {
    return;
  }
  for (const auto& need : bp.needs()) {
    const bool leads_here =
        std::find(need.any_of.begin(), need.any_of.end(), self) != need.any_of.end();
    if (leads_here && changed_.contains(bp[need.from].id)) {
      out.insert(bp[need.from].id);
    }
    for (const ComponentId end : need.any_of) {
      if (need.from == self && changed_.contains(bp[end].id)) {
        out.insert(bp[end].id);
      }
    }
  }
}

}  // namespace outlast::pipeline

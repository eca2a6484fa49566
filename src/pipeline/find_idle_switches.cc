// Switches that have nothing to switch to.
//
// A service that stands above all regions and sends users to one of its targets is there to move
// them when a target is down. With one target it moves nobody. That is a small matter where there
// is one place only, and a grave one where another such switch leads to a second place: both places
// are there and paid for, and the users of a lost one still cannot be led to the other.

#include <algorithm>
#include <optional>

#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Scope;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

class IdleSwitchFinder {
 public:
  explicit IdleSwitchFinder(FindingMaker& maker) : maker_(maker), used_(maker.on_a_path()) {}

  void find() {
    for (const ComponentId id : base::ids<ComponentId>(maker_.bp().components().size())) {
      if (const auto target = only_target(id)) {
        idle_.push_back({id, *target});
      }
    }
    for (const Idle& idle : idle_) {
      add(idle);
    }
  }

 private:
  struct Idle {
    ComponentId itself;
    ComponentId target;
  };

  [[nodiscard]] bool is_switch(const Component& c) const {
    const catalog::TypeEntry* type = maker_.known().type(c.type);
    return type != nullptr && type->alternatives && type->forwards && type->is_entry &&
           c.scope == Scope::global;
  }

  /// The one thing that a switch leads to; none where it has several, or where what it leads to is
  /// not known for sure.
  [[nodiscard]] std::optional<ComponentId> only_target(ComponentId id) const {
    const Component& c = maker_.bp()[id];
    if (!is_switch(c) || c.needs.size() != 1) {
      return std::nullopt;
    }
    const blueprint::Need& need = maker_.bp()[c.needs.front()];
    const bool is_sure = need.confidence == blueprint::Confidence::stated;
    return is_sure && need.any_of.size() == 1 ? std::optional(need.any_of.front()) : std::nullopt;
  }

  /// Another switch of the kind, and users come through it, that leads to another region.
  [[nodiscard]] const Idle* one_elsewhere(const Idle& idle) const {
    const auto& region = maker_.bp()[idle.target].region;
    const auto leads_elsewhere = [&](const Idle& other) {
      const auto& there = maker_.bp()[other.target].region;
      return maker_.bp()[other.itself].type == maker_.bp()[idle.itself].type &&
             used_.contains(other.itself) && region.is_known() && there.is_known() &&
             *region != *there;
    };
    const auto found = std::find_if(idle_.begin(), idle_.end(), leads_elsewhere);
    return found == idle_.end() ? nullptr : &*found;
  }

  void add(const Idle& idle) {
    const Idle* other = one_elsewhere(idle);
    Words words;
    words.name = maker_.bp()[idle.itself].name;
    if (other != nullptr) {
      words.cut = ", not even to " + *maker_.bp()[other->target].region + ", where there is one";
    }
    Finding finding = maker_.start("idle_switch", {idle.itself}, words);
    finding.evidence.push_back(maker_.bp()[maker_.bp()[idle.itself].needs.front()].evidence);
    finding.cut = {maker_.bp()[idle.itself].id};
    finding.severity =
        other != nullptr && used_.contains(idle.itself) ? Severity::high : Severity::low;
    maker_.add(std::move(finding));
  }

  FindingMaker& maker_;
  const std::set<ComponentId>& used_;
  std::vector<Idle> idle_;
};

}  // namespace

void find_idle_switches(FindingMaker& maker) {
  IdleSwitchFinder(maker).find();
}

}  // namespace outlast::pipeline

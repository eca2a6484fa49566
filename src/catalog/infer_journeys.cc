// What do users come for, where nobody says?
//
// Each entry that faces the internet is a journey: a component that users may come in at and that
// no other such entry leads to (a balancer behind a name or an edge is reached through it).
// Where there is none that leads to a workload, each component at the top of what leads to
// workloads is one: nobody in the inputs needs it. Instances of one declaration (count, for_each)
// are one journey whose users are dealt over them.
// Where a balancer's rules lead to different targets, each target is a journey of its own: who
// asks for /api does not need what serves /shop.
// Where those at the top call each other in a circle, one of them is where users come in.
// What runs no replica is no entry while anything else is one: nobody can mean it.
// What nothing leads to is no entry: where there are names to call things by (services of a
// cluster), a workload without one is a client or works in the background. A client calls what
// users come in at, as a load generator does, and takes part in no journey.
// Every inferred journey is an assumption, and printed as one.

#include <algorithm>
#include <map>
#include <set>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftJourney;
using blueprint::DraftNeed;

namespace {

// Routes are told apart as operations, of which there are not many: beyond, a balancer is one.
constexpr std::size_t kMostRoutes = 40;

class JourneyFinder {
 public:
  JourneyFinder(const Catalog& catalog, Draft& draft) : catalog_(catalog), draft_(draft) {
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      by_id_.emplace(draft.components[i].id, i);
    }
    links_.resize(draft.components.size());
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      const DraftComponent& c = draft.components[i];
      add_links(i, c.needs);
      for (const blueprint::DraftPlacement& placement : c.placements) {
        add_links(i, placement.local_needs);
      }
    }
    find_what_leads_to_workloads();
  }

  void find() {
    std::vector<std::size_t> entries = tops_of(facing_the_internet());
    const bool any_serves = std::any_of(entries.begin(), entries.end(),
                                        [&](std::size_t i) { return !is_background(i); });
    std::erase_if(entries, [&](std::size_t i) { return any_serves && is_background(i); });
    const bool serves =
        std::any_of(entries.begin(), entries.end(), [&](std::size_t i) { return bool{leads_[i]}; });
    if (!serves) {
      const std::set<std::size_t> front(entries.begin(), entries.end());
      for (const std::size_t top : unneeded_with_workload()) {
        if (!front.contains(top) && !calls_any(top, front)) {
          entries.push_back(top);
        }
      }
    }
    mark_clients(entries);
    add_journeys(entries);
  }

  /// Where the journeys are declared, only who is a client.
  void find_clients() {
    std::vector<std::size_t> entries;
    for (const DraftJourney& journey : draft_.journeys) {
      for (const blueprint::DraftCohort& cohort : journey.cohorts) {
        if (const auto at = by_id_.find(cohort.enters); at != by_id_.end()) {
          entries.push_back(at->second);
        }
      }
    }
    mark_clients(entries);
  }

 private:
  [[nodiscard]] bool calls_any(std::size_t i, const std::set<std::size_t>& some) const {
    return std::any_of(links_[i].begin(), links_[i].end(),
                       [&](std::size_t to) { return some.contains(to); });
  }

  void mark_clients(const std::vector<std::size_t>& entries) {
    std::set<std::size_t> front(entries.begin(), entries.end());
    for (const std::size_t entry : entries) {
      if (draft_.components[entry].forwards) {
        front.insert(links_[entry].begin(), links_[entry].end());
      }
    }
    std::set<std::size_t> called;
    for (const auto& links : links_) {
      called.insert(links.begin(), links.end());
    }
    for (std::size_t i = 0; i < links_.size(); ++i) {
      DraftComponent& c = draft_.components[i];
      const bool faces_nobody = c.internet.is_known() && !*c.internet && !called.contains(i) &&
                                c.is_workload.value_or(false);
      if ((c.has_no_address || faces_nobody) && calls_any(i, front) && !front.contains(i)) {
        c.is_workload = blueprint::Value<bool>::of(false, blueprint::Provenance::inferred);
        draft_.assumptions.push_back(
            {"client " + c.id, "takes part in no journey",
             "inferred: it calls what users come in at, and nothing leads to it"});
      }
    }
  }

  void add_links(std::size_t from, const std::vector<DraftNeed>& needs) {
    for (const DraftNeed& need : needs) {
      has_routes_ = has_routes_ || !need.routes.empty();
      if (need.confidence == blueprint::Confidence::inferred) {
        continue;
      }
      for (const std::string& target : need.any_of) {
        if (const auto at = by_id_.find(target); at != by_id_.end()) {
          links_[from].push_back(at->second);
        }
      }
    }
  }

  [[nodiscard]] const TypeEntry* entry(std::size_t i) const {
    return catalog_.type(draft_.components[i].type.value_or(""));
  }

  /// Of a type that works for users, but running what watches, tends or prepares the others.
  [[nodiscard]] bool is_background(std::size_t i) const {
    const DraftComponent& c = draft_.components[i];
    const TypeEntry* known = entry(i);
    return known != nullptr && known->is_workload && !c.is_workload.value_or(true) &&
           c.kind.value_or(known->kind) == blueprint::Kind::compute;
  }

  /// Those that do; where none is known to, those that may.
  [[nodiscard]] std::vector<std::size_t> facing_the_internet() const {
    std::vector<std::size_t> all;
    std::vector<std::size_t> maybe;
    for (std::size_t i = 0; i < draft_.components.size(); ++i) {
      const TypeEntry* known = entry(i);
      const auto& internet = draft_.components[i].internet;
      if (known == nullptr || !known->is_entry) {
        continue;
      }
      if (internet.value_or(false)) {
        all.push_back(i);
      } else if (internet.is_unknown() && known->forwards) {
        maybe.push_back(i);
      }
    }
    return all.empty() ? maybe : all;
  }

  /// Those of `some` that none of the others leads to; of a circle, its first.
  [[nodiscard]] std::vector<std::size_t> tops_of(const std::vector<std::size_t>& some) const {
    std::vector<std::size_t> tops;
    std::set<std::size_t> covered;
    for (const std::size_t i : some) {
      if (covered.contains(i)) {
        continue;
      }
      for (const std::size_t reached : walk(i, covered)) {
        std::erase(tops, reached);
      }
      tops.push_back(i);
    }
    return tops;
  }

  /// What `from` leads to, itself included; stops at what is covered, and covers it.
  [[nodiscard]] std::vector<std::size_t> walk(std::size_t from,
                                              std::set<std::size_t>& covered) const {
    std::vector<std::size_t> reached;
    std::vector<std::size_t> open = {from};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      reached.push_back(at);
      if (covered.insert(at).second) {
        open.insert(open.end(), links_[at].begin(), links_[at].end());
      }
    }
    return reached;
  }

  /// Marks every component that leads to a workload.
  void find_what_leads_to_workloads() {
    std::vector<std::vector<std::size_t>> needed_by(links_.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      for (const std::size_t target : links_[i]) {
        needed_by[target].push_back(i);
      }
      if (draft_.components[i].is_workload.value_or(false)) {
        open.push_back(i);
      }
    }
    leads_.assign(links_.size(), false);
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      if (!leads_[at]) {
        leads_[at] = true;
        open.insert(open.end(), needed_by[at].begin(), needed_by[at].end());
      }
    }
  }

  /// Components that nobody needs and that lead to a workload; a machine that only supplies
  /// others with a way out is no workload of its own.
  [[nodiscard]] std::vector<std::size_t> unneeded_with_workload() const {
    std::set<std::size_t> needed;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      for (const std::size_t target : links_[i]) {
        if (target != i && !draft_.components[i].has_no_address && !is_background(i)) {
          needed.insert(target);
        }
      }
    }
    for (const blueprint::DraftSupply& supply : draft_.supplies) {
      for (const std::string& id : supply.any_of) {
        needed.insert(by_id_.at(id));
      }
    }
    std::vector<std::size_t> tops;
    std::vector<std::size_t> without_address;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (!needed.contains(i) && leads_[i] && !is_background(i)) {
        (draft_.components[i].has_no_address ? without_address : tops).push_back(i);
      }
    }
    if (tops.empty()) {
      tops = without_address;
    }
    add_topmost_circles(tops);
    const auto runs_none = [&](std::size_t i) { return is_put_aside(draft_.components[i]); };
    if (!std::all_of(tops.begin(), tops.end(), runs_none)) {
      std::erase_if(tops, runs_none);
    }
    return tops;
  }

  /// What leads to workloads and is below none of the tops lies below a circle that nobody outside
  /// of it calls: of each the first stands for all.
  void add_topmost_circles(std::vector<std::size_t>& tops) const {
    std::set<std::size_t> covered;
    for (const std::size_t top : tops) {
      (void)walk(top, covered);
    }
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (leads_[i] && !covered.contains(i) && !draft_.components[i].has_no_address) {
        others.push_back(i);
      }
    }
    const auto circles = tops_of(others);
    tops.insert(tops.end(), circles.begin(), circles.end());
  }

  void add_journeys(const std::vector<std::size_t>& entries) {
    std::map<std::string, std::size_t> by_group;
    for (const std::size_t i : entries) {
      const DraftComponent& c = draft_.components[i];
      const auto routes = c.group.is_known() ? std::vector<DraftNeed*>() : routes_below(i);
      if (routes.size() > 1) {
        add_journey_per_route(c, routes);
        continue;
      }
      const std::string group = c.group.value_or(c.id);
      const auto [at, is_new] = by_group.emplace(group, draft_.journeys.size());
      if (is_new) {
        add_journey(group, c);
      }
      draft_.journeys[at->second].cohorts.push_back({c.id, {}, c.id});
    }
  }

  void add_journey(const std::string& name, const DraftComponent& enters) {
    DraftJourney journey;
    journey.name = name;
    journey.is_inferred = true;
    journey.evidence = enters.evidence;
    draft_.journeys.push_back(std::move(journey));
    draft_.assumptions.push_back({"journey " + name, "users come in here",
                                  enters.internet.value_or(false)
                                      ? "inferred: it faces the internet"
                                      : "inferred: nothing in the inputs needs it"});
  }

  /// The needs of the first balancer below an entry that its rules keep apart.
  std::vector<DraftNeed*> routes_below(std::size_t entry) {
    if (!has_routes_) {
      return {};
    }
    std::set<std::size_t> covered;
    for (const std::size_t i : walk(entry, covered)) {
      std::vector<DraftNeed*> routes;
      for (DraftNeed& need : draft_.components[i].needs) {
        if (!need.routes.empty()) {
          routes.push_back(&need);
        }
      }
      if (routes.size() > 1 && routes_used_ + routes.size() <= kMostRoutes) {
        return routes;
      }
    }
    return {};
  }

  void add_journey_per_route(const DraftComponent& c, const std::vector<DraftNeed*>& routes) {
    routes_used_ += routes.size();
    for (DraftNeed* need : routes) {
      need->operations = {need->any_of.front()};
    }
    for (const DraftNeed* need : routes) {
      const DraftComponent& target = draft_.components[by_id_.at(need->any_of.front())];
      add_journey(c.id + " → " + target.name.value_or(target.id), c);
      DraftJourney& journey = draft_.journeys.back();
      journey.cohorts.push_back({c.id, {}, c.id});
      for (const DraftNeed* other : routes) {
        if (other->operations != need->operations) {
          journey.excludes.push_back(other->operations.front());
        }
      }
    }
  }

  const Catalog& catalog_;
  Draft& draft_;
  std::map<std::string, std::size_t> by_id_;
  std::vector<std::vector<std::size_t>> links_;
  std::vector<bool> leads_;  ///< to a workload
  bool has_routes_ = false;  ///< a need is told apart by rules
  std::size_t routes_used_ = 0;
};

}  // namespace

void infer_journeys(const Catalog& catalog, Draft& draft) {
  JourneyFinder finder(catalog, draft);
  if (draft.journeys.empty()) {
    finder.find();
  } else {
    finder.find_clients();
  }
}

}  // namespace outlast::catalog

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "findings/rules.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// "once in 22 months", or that it is not known.
[[nodiscard]] std::string how_often(const failure::Event& event);

/// The attribute that decides is the better evidence than the head of its component.
void point_at(base::Span deciding, findings::Finding& finding);

/// What was worked out before and is told by findings.
struct KnownResults {
  /// [events], for ranking; empty where nothing serves users.
  const base::IdVector<failure::EventId, double>& minutes_of_event;
  const std::vector<findings::StoreRisk>& stores;
  base::Date as_of;  ///< the day that ends of support are held against
};

/// What every finder of findings needs: what is known of an architecture, and how a finding is
/// begun by its rule, weighed and kept.
class FindingMaker {
 public:
  /// All must outlive the maker.
  FindingMaker(const blueprint::Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
               const std::vector<failure::Path>& paths, const KnownResults& known)
      : bp_(bp),
        catalog_(catalog),
        cases_(cases),
        paths_(paths),
        known_(known),
        on_a_path_(touched_by(bp, cases)) {}

  [[nodiscard]] const blueprint::Blueprint& bp() const { return bp_; }
  [[nodiscard]] const catalog::Catalog& known() const { return catalog_; }
  [[nodiscard]] const Cases& cases() const { return cases_; }
  [[nodiscard]] const std::vector<findings::StoreRisk>& stores() const { return known_.stores; }
  [[nodiscard]] base::Date as_of() const { return known_.as_of; }
  [[nodiscard]] double minutes(failure::EventId id) const {
    return known_.minutes_of_event.empty() ? 0 : known_.minutes_of_event[id];
  }

  /// A finding with the title, claim and remedy of its rule, in these words; weight and cut follow.
  /// The remedy of the first component's type goes before the rule's.
  [[nodiscard]] findings::Finding start(std::string_view rule_name,
                                        const std::vector<blueprint::ComponentId>& components,
                                        findings::Words words) const;
  /// Keeps a finding, with a fingerprint of its rule and cut.
  void add(findings::Finding finding);
  /// All that were kept, in the order they were added.
  [[nodiscard]] std::vector<findings::Finding> take() { return std::move(findings_); }

  /// Ties a finding to the event it is about, and tells what follows from that.
  void is_about(failure::EventId id, findings::Finding& finding) const;
  /// How much it matters that this event alone stops users.
  [[nodiscard]] findings::Severity severity_of_cut(failure::EventId id) const;
  /// What an event means to users, in words.
  [[nodiscard]] findings::Words words_of(failure::EventId id, std::string name) const;
  [[nodiscard]] std::string title_of_type(blueprint::ComponentId component) const;
  /// Components that some event on the way to users touches.
  [[nodiscard]] const std::set<blueprint::ComponentId>& on_a_path() const { return on_a_path_; }

 private:
  [[nodiscard]] static std::set<blueprint::ComponentId> touched_by(const blueprint::Blueprint& bp,
                                                                   const Cases& cases);
  void doubt(findings::Finding& finding) const;
  [[nodiscard]] std::string words_of_remedy(const blueprint::Component& c,
                                            const catalog::Remedy& remedy,
                                            const findings::Rule& rule) const;

  const blueprint::Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Cases& cases_;
  const std::vector<failure::Path>& paths_;
  KnownResults known_;
  std::set<blueprint::ComponentId> on_a_path_;
  std::vector<findings::Finding> findings_;
};

}  // namespace outlast::pipeline

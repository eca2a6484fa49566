#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/security/reach.h"
#include "findings/attack.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// A store's class of data, declared or guessed from names.
struct DataClass {
  std::string name;  ///< empty: not known
  bool is_guessed = false;
  std::string from;                               ///< the name it was guessed from
  const blueprint::Evidence* evidence = nullptr;  ///< of the guess
};

/// The intruder from the internet, and from every component and credential.
class Intruder {
 public:
  /// `bp` must outlive this.
  explicit Intruder(const blueprint::Blueprint& bp);

  [[nodiscard]] const blueprint::Blueprint& bp() const { return bp_; }
  [[nodiscard]] const security::AttackGraph& graph() const { return graph_; }
  [[nodiscard]] const security::Reach& from_internet() const { return from_internet_; }
  /// The same without what is used only once something else failed.
  [[nodiscard]] const security::Reach& every_day() const { return every_day_; }
  [[nodiscard]] DataClass class_of(blueprint::ComponentId store) const;
  [[nodiscard]] std::vector<blueprint::ComponentId> stores() const;

  /// The cheapest way from where `reach` begins to a node, told step by step.
  [[nodiscard]] findings::AttackPath path(const security::Reach& reach, security::NodeId to) const;
  [[nodiscard]] findings::AttackStep step(const security::Edge& edge) const;

 private:
  const blueprint::Blueprint& bp_;
  security::AttackGraph graph_;
  security::Reach from_internet_;
  security::Reach every_day_;
  std::map<blueprint::ComponentId, std::size_t> guessed_;  ///< index of the first guess of each
};

/// Ways to data, what each component and credential opens, and the fewest changes that close all
/// ways to classified data (to any, where no class is known).
///
/// cost  one search per component and credential
[[nodiscard]] findings::Security attacks_of(const Intruder& intruder);

/// The row "a credential leaks": the worst of those that components act as or whose key is handed
/// out; nothing where there is none. A store read without another break-in is exposed.
[[nodiscard]] std::optional<findings::SurvivalRow> credential_row(
    const Intruder& intruder, const findings::Security& security);

/// "443", "22 and 80", "8000-8080"; "any port".
[[nodiscard]] std::string ports_text(const security::Opening& ports);

}  // namespace outlast::pipeline

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "blueprint/draft.h"

namespace outlast::import {

/// Words of a name: "user-timeline-mongodb" → user, timeline, mongodb.
[[nodiscard]] std::set<std::string> words_of_name(std::string_view name);

/// The names by which other inputs' resources, and what blueprints declare, can be called, for
/// traces.
class TracedNames {
 public:
  explicit TracedNames(const blueprint::Draft& draft);

  /// Workloads that are called so; of a pod "web-5d4f7-x2x1z" those called "web", of "web.shop" those
  /// of that namespace.
  [[nodiscard]] std::vector<blueprint::ResourceId> called(std::string_view name) const;
  /// What is called by that name: the service in front of several workloads, else they themselves.
  [[nodiscard]] std::vector<blueprint::ResourceId> answering(std::string_view name) const;
  /// Id of what a blueprint declares by that name or id, with its type or kind; empty where there
  /// is none, or where another input holds a resource of that name, which the blueprint then means.
  [[nodiscard]] std::string declared(std::string_view name) const;
  /// The store of a word that shares most other words with a caller and an operation, and of those
  /// alike the one with the fewest words that neither says; none where two are alike in both.
  [[nodiscard]] std::vector<blueprint::ResourceId> store_of(
      std::string_view store, const std::set<std::string>& told) const;

 private:
  using Index = std::unordered_map<std::string, std::vector<blueprint::ResourceId>>;
  [[nodiscard]] std::vector<blueprint::ResourceId> called_in_namespace(std::string_view name) const;
  static void add(Index& index, std::string_view name, blueprint::ResourceId id);

  const blueprint::Draft& draft_;
  Index workloads_;
  Index services_;
  std::unordered_map<std::string, std::string> declared_;  ///< ids by small names
  /// Of workloads' names.
  std::vector<std::pair<blueprint::ResourceId, std::set<std::string>>> words_;
};

}  // namespace outlast::import

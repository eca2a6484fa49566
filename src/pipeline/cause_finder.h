#pragma once

#include <set>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "findings/comparison.h"

namespace outlast::pipeline {

/// Which of the components that differ stand behind something.
class CauseFinder {
 public:
  /// in  changes  with the ids of all that differs; blueprints outlive the finder
  CauseFinder(const blueprint::Blueprint& base, const blueprint::Blueprint& head,
              const std::vector<findings::ComponentChange>& changes);

  [[nodiscard]] bool is_changed(const std::string& id) const { return changed_.contains(id); }

  /// in   about  ids of components, addresses of resources, names of places
  /// out  those of them that differ, with what differs in these places; where nothing does, what
  ///      differs of what they need and of what needs them
  /// cost linear in the components and needs, for each of `about`
  [[nodiscard]] std::vector<std::string> behind(const std::vector<std::string>& about) const;

 private:
  void add_those_in(const blueprint::Blueprint& bp, const std::string& what,
                    std::set<std::string>& out) const;
  void add_neighbours(const blueprint::Blueprint& bp, const std::string& what,
                      std::set<std::string>& out) const;

  const blueprint::Blueprint& base_;
  const blueprint::Blueprint& head_;
  std::set<std::string> changed_;
};

}  // namespace outlast::pipeline

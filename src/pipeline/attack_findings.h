#pragma once

#include <string_view>
#include <vector>

#include "pipeline/attacks.h"
#include "pipeline/finding_maker.h"

namespace outlast::pipeline {

/// Begins findings whose evidence is a way, hop by hop.
class AttackTeller {
 public:
  /// Both must outlive this.
  AttackTeller(const Intruder& intruder, FindingMaker& maker) : bp_(intruder.bp()), maker_(maker) {}

  /// Keeps a finding about `c`, and about `others` beside it.
  void add(std::string_view rule, blueprint::ComponentId c, const findings::AttackPath& path,
           findings::Severity severity, findings::Words words,
           const std::vector<blueprint::ComponentId>& others = {});

 private:
  const blueprint::Blueprint& bp_;
  FindingMaker& maker_;
};

/// Rented machines that the internet comes to at a port: of administrators, of data, of users.
class OpenMachines {
 public:
  /// Both must outlive this.
  OpenMachines(const Intruder& intruder, FindingMaker& maker)
      : intruder_(intruder),
        graph_(intruder.graph()),
        bp_(intruder.bp()),
        teller_(intruder, maker) {}

  void find(blueprint::ComponentId c);

 private:
  void find_open_server(blueprint::ComponentId c, const security::Passing& passing);
  [[nodiscard]] std::vector<std::string> stores_behind(blueprint::ComponentId c) const;
  [[nodiscard]] findings::AttackPath path_through(blueprint::ComponentId c,
                                                  const security::Passing& passing,
                                                  const security::PortSet& ports) const;

  const Intruder& intruder_;
  const security::AttackGraph& graph_;
  const blueprint::Blueprint& bp_;
  AttackTeller teller_;
};

}  // namespace outlast::pipeline

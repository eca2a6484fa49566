#pragma once

#include <string>
#include <vector>

#include "base/truth.h"
#include "blueprint/value.h"

/// What an intruder gets, as plain structs.
namespace outlast::findings {

/// One step on the way of an intruder.
struct AttackStep {
  std::string component;  ///< id, or the address of an identity; empty: the internet
  std::string text;       ///< "lb:443", "role web-role"
  std::string how;        ///< "a firewall lets it in", "a grant allows s3:*"
  blueprint::Evidence evidence;
};

/// A way from the internet to the data of a store.
struct AttackPath {
  std::string to;  ///< id
  std::string to_name;
  base::Truth truth = base::Truth::no;
  std::size_t break_ins = 0;      ///< flaws or guessed passwords that it takes
  bool is_by_design = true;       ///< made of calls and of grants on the very things only
  bool only_in_failover = false;  ///< part of it is there only once something else failed
  std::string holds;              ///< class of the data; empty: not known
  bool holds_is_guessed = false;
  std::vector<AttackStep> steps;
  std::string text;  ///< "internet → lb:443 → web → role web-role → customers (s3:*)"
};

/// What who has one thing gets besides, without another break-in.
struct BlastRadius {
  std::string of;  ///< id of a component, address of an identity
  std::string name;
  bool is_credential = false;
  std::vector<std::string> data;      ///< ids of stores that he reads
  std::vector<std::string> may_data;  ///< that he perhaps reads
  std::size_t reaches = 0;            ///< components that packets come to from there
};

/// The fewest rules and grants without which no way to classified data is left.
struct AttackCut {
  bool is_asked = false;    ///< there is a way
  bool is_possible = true;  ///< false: some way is made only of what things are there for
  std::vector<AttackStep> edges;
};

struct Security {
  std::vector<AttackPath> paths;   ///< the fewest break-ins first
  std::vector<BlastRadius> radii;  ///< of credentials, then of components the internet reaches
  AttackCut cut;
};

}  // namespace outlast::findings

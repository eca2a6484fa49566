#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/truth.h"
#include "blueprint/value.h"

/// Who can come to what, beside network rules and grants: addresses, firewalls, identities, data.
/// `Ref` is the id of a component, text in a draft and dense in a blueprint.
namespace outlast::blueprint {

/// Layers of firewalls: those of a component itself, those before the place it lies in, and lists
/// of whole subnets, which let nobody in alone.
inline constexpr std::string_view kOwnLayer = "machine";
inline constexpr std::string_view kPlaceLayer = "subnet";
inline constexpr std::string_view kListLayer = "list";

/// What a network rule does beyond letting the packets through that it fits.
struct RuleCharacter {
  std::string layer{kOwnLayer};  ///< the rules of one layer stand in for each other
  bool allows = true;
  /// "All protocols" has no ports, whatever stands beside it: a group's protocol -1, port 0.
  bool all_means_all_ports = true;
  Value<std::int64_t> order;       ///< where the first that fits decides: the lowest is first
  bool peers_are_unknown = false;  ///< it is for others too, and which cannot be told
};

/// What a grant says beyond actions and resources.
struct GrantCharacter {
  bool to_everyone = false;
  std::vector<std::string> not_actions;    ///< all but these
  std::vector<std::string> not_resources;  ///< all but these
  base::Truth applies = base::Truth::yes;  ///< by its conditions
};

/// Where packets find a component.
template <class Ref>
struct Address {
  Ref of;
  std::string network;              ///< of private addresses; empty: not known
  std::vector<std::string> ranges;  ///< its own address lies in one of them; empty: not known
  base::Truth is_public = base::Truth::no;  ///< the internet can send packets to it
  std::vector<std::int64_t> listens;        ///< ports; empty: not known
  Evidence evidence;                        ///< of being public
};

/// A layer of firewalls that stands before a component: its own groups, the list of its subnet.
/// A packet must pass every layer; within one, the network rules of that layer decide.
template <class Ref>
struct Guard {
  Ref of;
  std::string layer;
  bool in_order = false;  ///< the first rule that fits decides; else any that allows lets pass
  bool is_whole = true;   ///< all of its rules are in the inputs
};

/// Who acts as an identity for some services alone, whatever that may do: a machine's scopes.
template <class Ref>
struct NarrowWearer {
  Ref by;
  std::vector<std::string> scopes;  ///< as written; none: it gets nothing by that identity
};

/// Someone who can be allowed things: a role, a user, a service account.
template <class Ref>
struct Identity {
  std::string address;
  std::string name;
  std::vector<Ref> worn_by;  ///< components that act as it
  bool has_key = false;      ///< a key of it is handed out, and works until it is taken back
  base::Truth is_anyones = base::Truth::no;  ///< whoever asks may act as it
  std::vector<std::string> assumed_by;       ///< addresses of identities that may act as it
  Evidence evidence;
  std::vector<NarrowWearer<Ref>> narrow = {};  ///< further components that act as it
};

/// What it takes to get at the data of a store by what identities may do.
template <class Ref>
struct DataAccess {
  Ref of;
  std::string service;               ///< as it stands in names of resources: "s3"
  bool has_bare_name = false;        ///< no kind stands before its name there: "bucket/*"
  std::vector<std::string> names;    ///< by which policies mean it
  bool is_named = true;              ///< false: its name is not known
  std::vector<std::string> reads;    ///< actions, any of which hands out data
  std::vector<std::string> deletes;  ///< actions, any of which deletes data or copies
  std::vector<std::string> reading_scopes =
      {};  ///< patterns of those that let a narrow wearer read
  std::vector<std::string> deleting_scopes = {};  ///< and delete
  /// It answers within its network alone: from elsewhere nobody reads but who may open it.
  bool is_closed = false;
  std::vector<std::string> opens = {};  ///< actions, any of which opens it, or hands its keys out
};

/// What keeps a store's data beside the store itself, or the store from being deleted: whoever wants
/// to be rid of all of it has to end this, too.
template <class Ref>
struct Safeguard {
  Ref of;                ///< the store
  DataAccess<Ref> at;    ///< what keeps it; `deletes` ends that, and where it is empty nobody can
  bool is_lock = false;  ///< it holds no copy: it only keeps one from being deleted
  Evidence evidence;
};

/// The class of a store's data where nobody declared it, guessed from a name.
template <class Ref>
struct GuessedClass {
  Ref of;
  std::string name;  ///< "customers"
  std::string from;  ///< the name it was guessed from
  Evidence evidence;
};

template <class Ref>
struct Access {
  std::vector<Address<Ref>> addresses;
  std::vector<Guard<Ref>> guards;
  std::vector<Identity<Ref>> identities;
  std::vector<DataAccess<Ref>> data;
  std::vector<Safeguard<Ref>> safeguards;
  std::vector<GuessedClass<Ref>> guessed;
  /// Groups of networks: addresses of each lead to all others of its group.
  std::vector<std::vector<std::string>> joined;
};

}  // namespace outlast::blueprint

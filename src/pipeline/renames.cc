// What has only another name.
//
// Problem  a refactoring calls things otherwise; told apart by name, each is one that is gone and one
//          that is new, and all that is known of it is lost and found again.
// Method   what the head states is followed: the longest name that fits an address, again and again,
//          until the head has something of that name. What is left is compared by what it says, then
//          by the same with its own name blotted out; a pair counts where neither side has a second
//          that says so.
// Ends     each statement is used at most once for an address.
// Limits   what was renamed and changed in one step is one that is gone and one that is new.

#include "pipeline/renames.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "import/terraform_address.h"

namespace outlast::pipeline {

using base::Node;
using base::NodeKind;
using blueprint::Component;
using blueprint::Draft;
using blueprint::DraftNeed;
using blueprint::DraftResource;
using blueprint::Move;
using findings::Rename;

namespace {

using Names = std::set<std::string, std::less<>>;

/// All that an evaluation calls by a name of its own: resources, and components of none.
Names names_in(const Evaluation& evaluation) {
  Names names;
  for (const DraftResource& resource : evaluation.draft.resources) {
    names.insert(resource.address);
  }
  for (const Component& c : evaluation.blueprint->components()) {
    names.insert(c.id);
  }
  return names;
}

/// The address after one statement; absent where that does not speak of it.
std::optional<std::string> moved_by(const Move& move, std::string_view address) {
  const bool fits = !move.from.empty() && address.starts_with(move.from) &&
                    (address.size() == move.from.size() || address[move.from.size()] == '.' ||
                     address[move.from.size()] == '[');
  return fits ? std::optional(move.to + std::string(address.substr(move.from.size())))
              : std::nullopt;
}

/// Where the head's statements lead an address; empty where to nothing that it has.
std::string followed(const std::vector<Move>& moves, std::string address, const Names& in_head) {
  std::vector<bool> is_used(moves.size());
  for (std::size_t step = 0; step < moves.size(); ++step) {
    std::size_t best = moves.size();
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const bool is_longer = best == moves.size() || moves[i].from.size() > moves[best].from.size();
      best = !is_used[i] && is_longer && moved_by(moves[i], address) ? i : best;
    }
    if (best == moves.size()) {
      return "";
    }
    is_used[best] = true;
    address = *moved_by(moves[best], address);
    if (in_head.contains(address)) {
      return address;
    }
  }
  return "";
}

/// "web" of "module.shop.aws_instance.web[0]" and of "default/Deployment/web".
std::string own_word(std::string_view address) {
  const std::string plain = import::without_indexes(address);
  return plain.substr(plain.find_last_of("./") + 1);
}

std::string index_of(std::string_view address) {
  return address.ends_with(']') ? std::string(address.substr(address.rfind('['))) : "";
}

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A text with every mention of a name blotted out; parts of longer words are none.
std::string blotted(std::string_view text, std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = i + name.size();
    const bool is_it = !name.empty() && text.substr(i).starts_with(name) &&
                       (i == 0 || !is_of_word(text[i - 1])) &&
                       (end >= text.size() || !is_of_word(text[end]));
    out += is_it ? std::string_view("\x1") : text.substr(i, 1);
    i += is_it ? name.size() : 1;
  }
  return out;
}

/// All that a tree says, in one text.
void say(Node node, std::string_view own, std::string& out) {
  out += fmt::format("{}:", node.exists() ? static_cast<int>(node.kind()) : -1);
  const bool is_map = node.is(NodeKind::map);
  for (std::size_t i = 0; i < node.size(); ++i) {
    out += is_map ? blotted(node.key(i), own) + "=" : "";
    say(node.at(i), own, out);
  }
  out += blotted(node.text(), own);
  out += '\x2';
}

std::string said_by(const DraftResource& resource, bool is_blotted) {
  const std::string own = is_blotted ? own_word(resource.address) : "";
  std::string text = resource.type + index_of(resource.address) + "\x2";
  say(resource.attributes, own, text);
  for (const auto& reference : resource.references) {
    text += reference.path + "\x2";
  }
  return text;
}

/// Of a component that a blueprint states: what people would recognise it by.
std::string said_by(const blueprint::Blueprint& bp, const Component& c) {
  std::string text =
      fmt::format("{} {} {} {} {} {} {}", c.type, blueprint::name_of(c.kind), c.size.value_or(""),
                  c.region.value_or(""), c.replicas.size(), c.at_least, c.holds.value_or(""));
  for (const auto zone : c.zones) {
    text += "\x2" + bp[zone].name;
  }
  for (const auto id : c.needs) {
    for (const auto end : bp[id].any_of) {
      text += "\x2 needs " + bp[end].id;
    }
  }
  for (const auto& need : bp.needs()) {
    const bool leads_here = std::any_of(need.any_of.begin(), need.any_of.end(),
                                        [&](const auto end) { return bp[end].id == c.id; });
    text += leads_here ? "\x2 needed by " + bp[need.from].id : "";
  }
  return text;
}

/// Names by what stands behind them, of all that the other side does not know.
using Said = std::map<std::string, std::vector<std::string>>;

Said said_in(const Evaluation& evaluation, const Names& others, const Names& known,
             bool is_blotted) {
  Said said;
  const auto counts = [&](const std::string& name) {
    return !others.contains(name) && !known.contains(name);
  };
  for (const DraftResource& resource : evaluation.draft.resources) {
    if (!resource.is_context && resource.attributes.size() > 0 && counts(resource.address)) {
      said[said_by(resource, is_blotted)].push_back(resource.address);
    }
  }
  const auto& bp = *evaluation.blueprint;
  for (const Component& c : bp.components()) {
    if (!c.is_imported && !c.type.empty() && counts(c.id)) {
      said[said_by(bp, c)].push_back(c.id);
    }
  }
  return said;
}

/// Turns a word of a blueprint: a whole name, or the end of one.
void rename_word(const std::map<std::string, std::string>& renames, std::string& word) {
  const auto whole = renames.find(word);
  const auto found = whole != renames.end()
                         ? whole
                         : std::find_if(renames.begin(), renames.end(), [&](const auto& entry) {
                             return entry.first.ends_with("." + word);
                           });
  if (found != renames.end()) {
    word = found->second;
  }
}

void rename_words(const std::map<std::string, std::string>& renames,
                  std::vector<std::string>& words) {
  for (std::string& word : words) {
    rename_word(renames, word);
  }
}

template <class Said>
void rename_all_of(const std::map<std::string, std::string>& renames, std::vector<Said>& all) {
  for (Said& said : all) {
    rename_word(renames, said.of);
  }
}

void rename_declared(const std::map<std::string, std::string>& renames,
                     blueprint::DeclaredAccess& declared) {
  for (auto& address : declared.addresses) {
    rename_word(renames, address.row.of);
  }
  rename_all_of(renames, declared.access.guards);
  rename_all_of(renames, declared.access.data);
  rename_all_of(renames, declared.access.safeguards);
  rename_all_of(renames, declared.access.guessed);
  for (auto& safeguard : declared.access.safeguards) {
    rename_word(renames, safeguard.at.of);
  }
  for (auto& rule : declared.network_rules) {
    rename_words(renames, rule.subjects);
    rename_words(renames, rule.peer_components);
  }
  for (auto& identity : declared.access.identities) {
    rename_words(renames, identity.worn_by);
  }
  for (auto& grant : declared.grants) {
    rename_words(renames, grant.principals);
    rename_words(renames, grant.resource_components);
  }
}

}  // namespace

std::vector<Rename> find_renames(const Evaluation& base, const Evaluation& head) {
  std::vector<Rename> out;
  const Names before = names_in(base);
  const Names after = names_in(head);
  Names known;
  for (const std::string& name : before) {
    std::string now = after.contains(name) ? "" : followed(head.draft.moves, name, after);
    if (!now.empty() && !before.contains(now) && known.insert(now).second) {
      known.insert(name);
      out.push_back({name, std::move(now), true});
    }
  }
  // A value may be the label by chance, and stays when that changes: looked at as it stands first.
  for (const bool is_blotted : {false, true}) {
    const Said gone = said_in(base, after, known, is_blotted);
    const Said fresh = said_in(head, before, known, is_blotted);
    for (const auto& [text, names] : gone) {
      const auto found = fresh.find(text);
      if (names.size() == 1 && found != fresh.end() && found->second.size() == 1) {
        out.push_back({names.front(), found->second.front(), false});
        known.insert({names.front(), found->second.front()});
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

Evaluation named_as_in(Evaluation& head, Evaluation base, const std::vector<std::string>& paths,
                       const base::FileSource& files, Options how) {
  how.renames = find_renames(base, head);
  if (how.renames.empty()) {
    base.sources = std::move(head.sources);
    return base;
  }
  Evaluation renamed = evaluate(paths, files, how, std::move(head.sources));
  if (renamed.blueprint && !renamed.diagnostics.has_errors()) {
    return renamed;
  }
  base.sources = std::move(renamed.sources);
  return base;
}

void rename(const std::vector<Rename>& all, Draft& draft) {
  if (all.empty()) {
    return;
  }
  std::map<std::string, std::string> renames;
  for (const Rename& one : all) {
    renames.emplace(one.from, one.to);
  }
  const auto whole = [&](std::string& name) {
    if (const auto found = renames.find(name); found != renames.end()) {
      name = found->second;
    }
  };
  for (DraftResource& resource : draft.resources) {
    if (const auto found = renames.find(resource.address); found != renames.end()) {
      if (resource.group == import::without_indexes(resource.address)) {
        resource.group = import::without_indexes(found->second);
      }
      resource.address = found->second;
      resource.evidence.address = found->second;
    }
    for (blueprint::DraftCall& call : resource.calls) {
      whole(call.evidence.address);
    }
  }
  for (blueprint::DraftComponent& overlay : draft.overlays) {
    rename_word(renames, overlay.id);
    for (DraftNeed& need : overlay.needs) {
      rename_words(renames, need.any_of);
      rename_word(renames, need.via);
    }
  }
  rename_declared(renames, draft.declared);
  for (blueprint::DraftJourney& journey : draft.journeys) {
    for (blueprint::DraftCohort& cohort : journey.cohorts) {
      rename_word(renames, cohort.enters);
    }
  }
  for (blueprint::SecretPlace& secret : draft.secrets) {
    whole(secret.evidence.address);
  }
}

}  // namespace outlast::pipeline

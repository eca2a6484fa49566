#include "catalog/resource_graph.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "catalog/names.h"

namespace outlast::catalog {

using base::NodeKind;
using blueprint::DraftResource;

namespace {

/// Those by which grants call an identity, of identities alone: grants bear them as well.
constexpr std::array<std::string_view, 2> kOfPrincipals = {"principal_id", "client_id"};

/// Attributes whose value names a resource wherever it turns up.
constexpr std::array<std::string_view, 22> kIdentities = {"id",
                                                          "arn",
                                                          "dns_name",
                                                          "endpoint",
                                                          "address",
                                                          "reader_endpoint",
                                                          "configuration_endpoint",
                                                          "configuration_endpoint_address",
                                                          "primary_endpoint_address",
                                                          "bucket_domain_name",
                                                          "bucket_regional_domain_name",
                                                          "website_endpoint",
                                                          "invoke_url",
                                                          "invoke_arn",
                                                          "execution_arn",
                                                          "url",
                                                          "repository_url",
                                                          "fqdn",
                                                          "domain_name",
                                                          "self_link",
                                                          "function_url",
                                                          "hostname"};

/// A short word turns up anywhere; one of two parts, as templates name what they make ("web/A"), means
/// what bears it.
bool can_be_identity(std::string_view text) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kShortestOfTwo = 3;
  return text.size() >= kShortest ||
         (text.size() >= kShortestOfTwo && text.find_first_of("./") != std::string_view::npos);
}

/// Stands for every type that is not in the catalog.
constexpr TypeEntry kNotUnderstood = {};

std::string joined(std::string_view block, std::string_view path) {
  return block.empty() ? std::string(path) : std::string(block) + "." + std::string(path);
}

/// True if `path` (with positions) is `wanted` inside `block`, or lies below it.
bool lies_at(std::string_view path, std::string_view block, std::string_view wanted) {
  if (path.substr(0, block.size()) != block) {
    return false;
  }
  std::string_view rest = path.substr(block.size());
  if (!block.empty() && !rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
  }
  const std::string plain = without_positions(rest);
  return plain == wanted || (plain.size() > wanted.size() && plain[wanted.size()] == '.' &&
                             plain.compare(0, wanted.size(), wanted) == 0);
}

/// True if `path` names a block that `wanted` lies in: where blocks are written as one value, the
/// configuration shows what all of it refers to, not which part refers to what.
bool holds_block(std::string_view path, std::string_view block, std::string_view wanted) {
  const std::string plain = without_positions(path);
  const std::string whole = without_positions(joined(block, wanted));
  return whole.size() > plain.size() && whole[plain.size()] == '.' &&
         whole.compare(0, plain.size(), plain) == 0;
}

void add_unique(std::vector<ResourceId>& to, const std::vector<ResourceId>& from) {
  for (const ResourceId id : from) {
    if (std::find(to.begin(), to.end(), id) == to.end()) {
      to.push_back(id);
    }
  }
}

/// "projects/p/zones/z/instanceGroups/web" → "web"; empty if it is no path.
std::string_view last_of_path(std::string_view value) {
  const auto slash = value.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : value.substr(slash + 1);
}

/// "3", or what is only known later; "10Gi" is how large something is.
bool may_be_number(base::Node value) {
  return value.is(base::NodeKind::unknown) ||
         (!value.text().empty() &&
          value.text().find_first_not_of("0123456789") == std::string::npos);
}

/// A type that is told by its numbers is meant only where one of them is there.
bool shows(const DraftResource& resource, const TypeEntry& entry) {
  return entry.shown_by.empty() ||
         std::any_of(entry.shown_by.begin(), entry.shown_by.end(), [&](std::string_view attribute) {
           const auto found = select(resource.attributes, attribute);
           return std::any_of(found.begin(), found.end(),
                              [](const Selected& at) { return may_be_number(at.node); });
         });
}

bool is_separator(char c) {
  constexpr std::string_view kSeparators = " \t\r\n\"'`,;=()[]{}<>|&$\\@";
  return kSeparators.find(c) != std::string_view::npos;
}

/// A name that somebody made: "orders-table", where "orders" may stand in any text.
bool is_no_plain_word(std::string_view name) {
  return name.find_first_of("-_./0123456789") != std::string_view::npos;
}

}  // namespace

bool is_meant_by_settings(const TypeEntry& entry) {
  return entry.kind == blueprint::Kind::database || entry.kind == blueprint::Kind::storage ||
         entry.kind == blueprint::Kind::messaging;
}

ResourceGraph::ResourceGraph(const blueprint::Draft& draft, const Catalog& catalog)
    : draft_(draft), entries_(draft.resources.size()), links_of_(draft.resources.size()) {
  for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
    const DraftResource& resource = draft.resources[id];
    const TypeEntry* known = catalog.spelled(resource.format, resource.type);
    const bool is_meant = known != nullptr && shows(resource, *known);
    entries_[id.index] = is_meant ? known : &kNotUnderstood;
  }
  index_identities();
  for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
    add_links(id);
  }
  for (std::size_t i = 0; i < links_.size(); ++i) {
    links_of_[links_[i].subject.index].push_back(i);
  }
}

void ResourceGraph::index_identities() {
  for (const ResourceId id : base::ids<ResourceId>(entries_.size())) {
    const DraftResource& resource = draft_.resources[id];
    const auto is_called_by = [&](std::string_view attribute) {
      const std::string_view value = resource.attributes[attribute].text();
      if (can_be_identity(value)) {
        by_identity_[value].push_back(id);
      }
    };
    std::for_each(std::begin(kIdentities), std::end(kIdentities), is_called_by);
    if (resource.attributes["id"].text().empty() && is_meant_by_settings(*entries_[id.index])) {
      std::for_each(entries_[id.index]->identity.begin(), entries_[id.index]->identity.end(),
                    [&](std::string_view attribute) {
                      if (is_no_plain_word(resource.attributes[attribute].text())) {
                        is_called_by(attribute);
                      }
                    });
    }
    if (entries_[id.index]->access.is_identity) {
      std::for_each(std::begin(kOfPrincipals), std::end(kOfPrincipals), is_called_by);
    }
    for (const std::string_view attribute : entries_[id.index]->identity) {
      for (const Selected& at : select(resource.attributes, attribute)) {
        if (const std::string_view value = at.node.text(); !value.empty()) {
          by_typed_name_[resource.type + "|" + std::string(value)].push_back(id);
        }
      }
    }
    for (const std::string_view attribute : entries_[id.index]->names_in) {
      index_names_in(id, attribute);
    }
  }
}

/// Words of a text that are long enough to be names that somebody gave.
void ResourceGraph::index_names_in(ResourceId id, std::string_view attribute) {
  constexpr std::size_t kShortestName = 10;
  std::vector<std::string_view> texts;
  for (const Selected& at : select(draft_.resources[id].attributes, attribute)) {
    texts.push_back(at.node.text());
    for (std::size_t i = 0; at.node.is(NodeKind::map) && i < at.node.size(); ++i) {
      texts.push_back(at.node.at(i).text());
    }
  }
  for (const std::string_view text : texts) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size() && !is_separator(text[end])) {
        ++end;
      }
      const std::string_view word = text.substr(begin, end - begin);
      if (word.size() >= kShortestName && word.find('-') != std::string_view::npos) {
        auto& named = by_typed_name_[draft_.resources[id].type + "|" + std::string(word)];
        add_unique(named, {id});
      }
      begin = end + 1;
    }
  }
}

bool ResourceGraph::is_understood(ResourceId id) const {
  return entries_[id.index] != &kNotUnderstood;
}

bool ResourceGraph::may_be_meant(ResourceId target, std::span<const std::string_view> to) const {
  return to.empty() || std::find(to.begin(), to.end(), draft_.resources[target].type) != to.end();
}

std::vector<ResourceId> ResourceGraph::with_identity(std::string_view value,
                                                     std::span<const std::string_view> to) const {
  std::vector<ResourceId> found;
  const auto find_named = [&](std::string_view name) {
    for (const std::string_view type : to) {
      if (const auto named = by_typed_name_.find(std::string(type) + "|" + std::string(name));
          named != by_typed_name_.end()) {
        add_unique(found, named->second);
      }
    }
  };
  find_named(value);
  if (const auto known = by_identity_.find(value); known != by_identity_.end()) {
    for (const ResourceId id : known->second) {
      if (may_be_meant(id, to)) {
        add_unique(found, {id});
      }
    }
  }
  if (found.empty() && !last_of_path(value).empty()) {
    find_named(last_of_path(value));
    keep_those_on_path(value, found);
  }
  return found;
}

/// Of several with one name, those that lie where the path leads.
void ResourceGraph::keep_those_on_path(std::string_view path,
                                       std::vector<ResourceId>& found) const {
  const auto is_on_path = [&](ResourceId id) {
    for (const std::string_view attribute : {"zone", "region", "location"}) {
      const std::string place = std::string(draft_.resources[id].attributes[attribute].text());
      if (!place.empty()) {
        return path.find("/" + place + "/") != std::string_view::npos;
      }
    }
    return false;
  };
  if (found.size() > 1 && std::any_of(found.begin(), found.end(), is_on_path)) {
    std::erase_if(found, [&](ResourceId id) { return !is_on_path(id); });
  }
}

Naming ResourceGraph::named_by(ResourceId source, std::string_view path, std::string_view block,
                               std::span<const std::string_view> to, bool merges) const {
  const DraftResource& resource = draft_.resources[source];
  Naming naming;
  naming.evidence = resource.evidence;
  const std::string whole = joined(block, path);
  for (const Selected& at : select(resource.attributes, without_positions(whole))) {
    if (!lies_at(at.path, block, path)) {
      continue;
    }
    ++naming.said;
    naming.evidence.span = at.node.span();
    naming.evidence.pointer = pointer_to(resource.attributes_pointer, at.path);
    for (std::size_t i = 0; merges && at.node.is(NodeKind::map) && i < at.node.size(); ++i) {
      if (const std::string_view value = at.node.at(i).text(); !value.empty()) {
        naming.outside.emplace_back(value);  // settings: any of their values may name something
      }
      naming.is_unknown = naming.is_unknown || at.node.at(i).is(NodeKind::unknown);
    }
    // Ids that are numbers stand as numbers in some attributes and as texts in others.
    if (!at.node.is(NodeKind::string) && !at.node.is(NodeKind::number)) {
      naming.is_unknown = naming.is_unknown || at.node.is(NodeKind::unknown);
      continue;
    }
    auto found = with_identity(at.node.text(), to);
    if (found.size() > 1 && !merges) {
      keep_referenced(resource, block, path, found);
    }
    if (found.empty()) {
      found = named_within(resource, at, to);
    }
    if (!found.empty()) {
      add_unique(naming.targets, found);
    } else if (!at.node.text().empty()) {
      naming.outside.emplace_back(at.node.text());
    }
  }
  const bool values_tell =
      !merges && !naming.is_unknown && (!naming.targets.empty() || !naming.outside.empty());
  for (std::size_t i = 0; !values_tell && i < resource.references.size(); ++i) {
    const blueprint::Reference& reference = resource.references[i];
    const bool is_part_of_it =
        naming.is_unknown && !to.empty() && holds_block(reference.path, block, path);
    if (is_part_of_it || lies_at(reference.path, block, path)) {
      std::vector<ResourceId> meant;
      std::copy_if(reference.targets.begin(), reference.targets.end(), std::back_inserter(meant),
                   [&](ResourceId target) { return may_be_meant(target, to); });
      // Of one item of a list that refers to several, which a condition may decide.
      const bool is_one_of_them = meant.size() > 1 && reference.path.ends_with(']');
      for (const ResourceId target : meant) {
        const bool is_new =
            std::find(naming.targets.begin(), naming.targets.end(), target) == naming.targets.end();
        if (is_one_of_them && is_new) {
          naming.perhaps.push_back(target);
        } else if (!is_one_of_them) {
          std::erase(naming.perhaps, target);
        }
      }
      add_unique(naming.targets, meant);
    }
  }
  naming.is_untold =
      naming.is_unknown &&
      std::any_of(resource.references.begin(), resource.references.end(), [&](const auto& one) {
        return one.targets.empty() &&
               (lies_at(one.path, block, path) || holds_block(one.path, block, path));
      });
  std::erase(naming.targets, source);
  return naming;
}

/// What the configuration refers to in an attribute whose text holds its id among others: the
/// address of an interface that a function's name is part of.
std::vector<ResourceId> ResourceGraph::named_within(const DraftResource& resource,
                                                    const Selected& at,
                                                    std::span<const std::string_view> to) const {
  std::vector<ResourceId> found;
  for (const blueprint::Reference& reference : resource.references) {
    for (const ResourceId target : reference.targets) {
      const std::string_view id = draft_.resources[target].attributes["id"].text();
      if (reference.path == at.path && may_be_meant(target, to) && can_be_identity(id) &&
          at.node.text().find(id) != std::string_view::npos) {
        add_unique(found, {target});
      }
    }
  }
  return found;
}

/// A name that several have means the one that the configuration refers to in that attribute or,
/// where it is not told in which, refers to at all.
void ResourceGraph::keep_referenced(const DraftResource& resource, std::string_view block,
                                    std::string_view path, std::vector<ResourceId>& named) const {
  std::vector<ResourceId> kept;
  std::vector<ResourceId> kept_by_any;
  for (const blueprint::Reference& reference : resource.references) {
    const bool is_any = reference.path == "depends_on";
    for (const ResourceId target : reference.targets) {
      const bool is_named = std::find(named.begin(), named.end(), target) != named.end();
      if (is_named && (is_any || lies_at(reference.path, block, path))) {
        add_unique(is_any ? kept_by_any : kept, {target});
      }
    }
  }
  if (!kept.empty() || !kept_by_any.empty()) {
    named = kept.empty() ? std::move(kept_by_any) : std::move(kept);
  }
}

std::vector<ResourceId> ResourceGraph::mentioned_in(std::string_view text) const {
  std::vector<ResourceId> found;
  const auto look_up = [&](std::string_view token) {
    // A common word in a script is no mention; a value that is nothing but the name is one.
    const bool is_whole = token.size() == text.size();
    const bool is_telling = token.find_first_of(".:/-_") != std::string_view::npos;
    if (!can_be_identity(token) || (!is_whole && !is_telling)) {
      return;
    }
    if (const auto known = by_identity_.find(token); known != by_identity_.end()) {
      add_unique(found, known->second);
    }
  };
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && !is_separator(text[end])) {
      ++end;
    }
    std::string_view token = text.substr(begin, end - begin);
    look_up(token);
    if (const auto scheme = token.find("://"); scheme != std::string_view::npos) {
      token.remove_prefix(scheme + 3);
    }
    const std::string_view host = token.substr(0, token.find_first_of(":/"));
    if (host.size() < token.size() || host.data() != text.data() + begin) {
      look_up(host);
    }
    begin = end + 1;
  }
  return found;
}

}  // namespace outlast::catalog

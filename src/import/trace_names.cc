#include "import/trace_names.h"

#include <algorithm>

#include "base/text.h"

namespace outlast::import {

using blueprint::Draft;
using blueprint::DraftResource;
using blueprint::ResourceId;

std::set<std::string> words_of_name(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  for (const char c : base::to_lower(name) + " ") {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  return words;
}

TracedNames::TracedNames(const Draft& draft) : draft_(draft) {
  for (const ResourceId id : base::ids<ResourceId>(draft.resources.size())) {
    const DraftResource& resource = draft.resources[id];
    const bool is_service = resource.type.starts_with("Service");
    if (!resource.names.empty()) {
      add(workloads_, resource.name, id);
      for (const std::string& name : resource.names) {
        add(workloads_, name, id);
      }
      words_.emplace_back(id, words_of_name(resource.name));
    } else if (is_service) {
      add(services_, resource.address.substr(resource.address.rfind('/') + 1), id);
    }
  }
  for (const blueprint::DraftComponent& c : draft.overlays) {
    if (!c.type.is_unset() || !c.kind.is_unset()) {
      declared_.emplace(base::to_lower(c.id), c.id);
      declared_.emplace(base::to_lower(c.name.value_or(c.id)), c.id);
    }
  }
  for (const DraftResource& resource : draft.resources) {
    const auto last = resource.address.find_last_of("./");
    declared_.erase(base::to_lower(resource.name));
    declared_.erase(base::to_lower(resource.address));
    declared_.erase(base::to_lower(resource.address.substr(last + 1)));
  }
}

std::vector<ResourceId> TracedNames::called(std::string_view name) const {
  std::string word = base::to_lower(name);
  if (auto there = called_in_namespace(word); !there.empty()) {
    return there;
  }
  constexpr std::size_t kSuffixes = 2;
  for (std::size_t i = 0; i <= kSuffixes; ++i) {
    if (const auto found = workloads_.find(word); found != workloads_.end()) {
      return found->second;
    }
    const auto dash = word.rfind('-');
    if (dash == std::string::npos || word.find_first_of("0123456789", dash) == std::string::npos) {
      break;
    }
    word.resize(dash);
  }
  return {};
}

/// "web.shop", as a mesh names its workloads, and "web.shop.svc.cluster.local".
std::vector<ResourceId> TracedNames::called_in_namespace(std::string_view name) const {
  const auto labels = base::split(name, '.');
  const auto found = workloads_.find(std::string(labels.front()));
  std::vector<ResourceId> there;
  for (const ResourceId id :
       labels.size() > 1 && found != workloads_.end() ? found->second : std::vector<ResourceId>()) {
    const std::string_view address = draft_.resources[id].address;
    if (address.substr(0, address.find('/')) == labels[1]) {
      there.push_back(id);
    }
  }
  return there;
}

std::vector<ResourceId> TracedNames::answering(std::string_view name) const {
  const auto service = services_.find(base::to_lower(name.substr(0, name.find('.'))));
  const auto all = called(name);
  return service != services_.end() && all.size() != 1 ? service->second : all;
}

std::string TracedNames::declared(std::string_view name) const {
  const auto found = declared_.find(base::to_lower(name));
  return found == declared_.end() ? std::string() : found->second;
}

std::vector<ResourceId> TracedNames::store_of(std::string_view store,
                                              const std::set<std::string>& told) const {
  std::pair<std::ptrdiff_t, std::ptrdiff_t> most{0, 0};  // words shared, less those nobody said
  std::vector<ResourceId> best;
  for (const auto& [id, words] : words_) {
    const auto is_of_kind = [&](const std::string& word) { return word.starts_with(store); };
    std::ptrdiff_t shared = 0;
    std::ptrdiff_t untold = 0;
    for (const std::string& word : words) {
      shared += told.contains(word) && !is_of_kind(word) ? 1 : 0;
      untold += !told.contains(word) && !is_of_kind(word) ? 1 : 0;
    }
    const std::pair rank{shared, -untold};
    if (shared > 0 && rank >= most && std::any_of(words.begin(), words.end(), is_of_kind)) {
      best = rank > most ? std::vector{id} : std::vector<ResourceId>();
      most = rank;
    }
  }
  return best;
}

void TracedNames::add(Index& index, std::string_view name, ResourceId id) {
  auto& all = index[base::to_lower(name)];
  if (std::find(all.begin(), all.end(), id) == all.end()) {
    all.push_back(id);
  }
}

}  // namespace outlast::import

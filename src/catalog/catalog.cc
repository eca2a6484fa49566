#include "catalog/catalog.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "catalog/attribute_path.h"

namespace outlast::catalog {
namespace {

std::string spelling_key(std::string_view format, std::string_view type) {
  return std::string(format) + " " + std::string(type);
}

std::string without_blanks(std::string_view text) {
  std::string plain = base::to_lower(text);
  std::erase(plain, ' ');
  return plain;
}

}  // namespace

Catalog::Catalog(const Tables& tables) : tables_(tables) {
  for (const TypeEntry& entry : tables.types) {
    types_.emplace(entry.name, &entry);
    for (const Spelling& spelling : entry.spellings) {
      if (spelling.type.find('*') == std::string_view::npos) {
        spellings_.emplace(spelling_key(spelling.format, spelling.type), &entry);
      } else {
        patterns_.emplace_back(&spelling, &entry);
      }
    }
  }
  for (const Translation& translation : tables.translations) {
    translations_.emplace(spelling_key(translation.format, translation.type), &translation);
  }
}

const Catalog& Catalog::built_in() {
  static const Catalog catalog(built_in_tables());
  return catalog;
}

const TypeEntry* Catalog::type(std::string_view name) const {
  for (std::string_view rest = name; !rest.empty();) {
    if (const auto found = types_.find(rest); found != types_.end()) {
      return found->second;
    }
    const auto dot = rest.rfind('.');
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(0, dot);
  }
  return nullptr;
}

const TypeEntry* Catalog::type_or_kind(std::string_view type_name, blueprint::Kind kind,
                                       bool states_failure) const {
  const TypeEntry* listed = type(type_name);
  if (listed != nullptr || (type_name.empty() && states_failure)) {
    return listed;
  }
  const auto found = types_.find("unlisted." + std::string(blueprint::name_of(kind)));
  return found == types_.end() ? nullptr : found->second;
}

const TypeEntry* Catalog::type_of(const blueprint::Component& c) const {
  return type_or_kind(c.type, c.kind, c.failure.every.is_known());
}

const TypeEntry* Catalog::type_of(const blueprint::DraftComponent& c) const {
  return type_or_kind(c.type.value_or(""), c.kind.value_or(blueprint::Kind::other),
                      c.failure.every.is_known());
}

const TypeEntry* Catalog::spelled(std::string_view format, std::string_view type) const {
  const auto found = spellings_.find(spelling_key(format, type));
  if (found != spellings_.end()) {
    return found->second;
  }
  const auto like = std::find_if(patterns_.begin(), patterns_.end(), [&](const auto& pattern) {
    return pattern.first->format == format && matches(pattern.first->type, type);
  });
  return like == patterns_.end() ? nullptr : like->second;
}

const Translation* Catalog::translation(std::string_view format, std::string_view type) const {
  const auto found = translations_.find(spelling_key(format, type));
  return found == translations_.end() ? nullptr : found->second;
}

const ProviderEntry* Catalog::provider(std::string_view name) const {
  const auto& all = tables_.providers;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const RegionEntry* Catalog::region(std::string_view provider, std::string_view name) const {
  const auto& all = tables_.regions;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& r) {
    return r.provider == provider && r.name == name;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string Catalog::region_name(std::string_view provider, std::string_view written) const {
  const std::string plain = without_blanks(written);
  for (const RegionEntry& entry : tables_.regions) {
    if (entry.provider == provider && without_blanks(entry.name) == plain) {
      return std::string(entry.name);
    }
  }
  return std::string(written);
}

const ServiceEntry* Catalog::service(std::string_view provider, std::string_view name) const {
  const auto& all = tables_.services;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& s) {
    return s.provider == provider && s.name == name;
  });
  return found == all.end() ? nullptr : &*found;
}

const Lifecycle* Catalog::lifecycle(std::string_view name) const {
  const auto& all = tables_.lifecycles;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& l) { return l.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Figure* Catalog::figure(const TypeEntry& type, std::string_view name) const {
  if (const Figure* own = find_figure(type.figures, name)) {
    return own;
  }
  for (const FiguresClass& shared : tables_.classes) {
    if (shared.name == type.figures_class) {
      return find_figure(shared.figures, name);
    }
  }
  return nullptr;
}

const Figure* Catalog::place_figure(std::string_view provider_name, std::string_view region_name,
                                    std::string_view name) const {
  if (const RegionEntry* entry =
          region_name.empty() ? nullptr : region(provider_name, region_name)) {
    if (const Figure* own = find_figure(entry->figures, name)) {
      return own;
    }
  }
  for (const std::string_view whose : {provider_name, std::string_view("any")}) {
    if (const ProviderEntry* entry = provider(whose)) {
      if (const Figure* shared = find_figure(entry->figures, name)) {
        return shared;
      }
    }
  }
  return nullptr;
}

const Figure* Catalog::service_figure(std::string_view provider_name, std::string_view service_name,
                                      std::string_view name) const {
  if (const ServiceEntry* entry = service(provider_name, service_name)) {
    if (const Figure* own = find_figure(entry->figures, name)) {
      return own;
    }
  }
  return place_figure(provider_name, "", "service_" + std::string(name));
}

base::Duration duration_of(const Figure& figure) {
  const base::Seconds median{figure.median_s};
  if (figure.p90_s <= figure.median_s) {
    return base::Duration::fixed(median);
  }
  return base::Duration::lognormal(median, base::Seconds{figure.p90_s});
}

std::string cite(const Citation& citation) {
  return std::string(citation.source) + " (" + std::string(citation.date) + ", " +
         static_cast<char>(citation.trust) + ")";
}

const VersionEnd* end_of(const Lifecycle& lifecycle, std::string_view version) {
  const VersionEnd* longest = nullptr;
  for (const VersionEnd& end : lifecycle.ends) {
    const std::string_view known = end.version;
    const bool is_number = known.front() >= '0' && known.front() <= '9';
    const std::string_view rest =
        version.starts_with(known) ? version.substr(known.size()) : std::string_view();
    const bool is_meant = version == known || (is_number && !rest.empty() &&
                                               (rest.front() == '.' || rest.front() == '-'));
    if (is_meant && (longest == nullptr || known.size() > longest->version.size())) {
      longest = &end;
    }
  }
  return longest;
}

const Figure* find_figure(std::span<const Figure> figures, std::string_view name) {
  const auto found =
      std::find_if(figures.begin(), figures.end(), [&](const Figure& f) { return f.name == name; });
  return found == figures.end() ? nullptr : &*found;
}

}  // namespace outlast::catalog

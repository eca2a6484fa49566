#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catalog/names.h"
#include "catalog/sheet_words.h"
#include "catalog/type_sheet.h"

namespace outlast::catalog {
namespace {

using blueprint::name_of;

std::string line(std::string_view head, std::string_view text) {
  return text.empty() ? "" : fmt::format("  {:<15} {}\n", head, text);
}

std::string spellings_of(const TypeEntry& type) {
  std::vector<std::string> all;
  for (const Spelling& spelling : type.spellings) {
    all.push_back(fmt::format("{} ({})", spelling.type, spelling.format));
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string provider_of(const Catalog& catalog, const TypeEntry& type) {
  const ProviderEntry* provider = catalog.provider(type.provider);
  return provider == nullptr ? std::string(type.provider)
                             : fmt::format("{}: {}", type.provider, provider->title);
}

std::string service_of(const Catalog& catalog, const TypeEntry& type) {
  const ServiceEntry* service = catalog.service(type.provider, type.service);
  return service == nullptr || service->title.empty()
             ? std::string(type.service)
             : fmt::format("{}: {}", type.service, service->title);
}

std::string flags_of(const TypeEntry& type) {
  std::string out;
  for (const FlagName& flag : kTypeFlags) {
    if (type.*flag.flag) {
      out += fmt::format("  {:<20} {}\n", flag.name, flag.words);
    }
  }
  return out.empty() ? "" : "\nflags\n" + out;
}

std::string reads_of(const TypeEntry& type) {
  std::string out;
  for (const ReadRule& rule : type.reads) {
    out += fmt::format("  {:<16} {}\n", name_of(rule.field), read_words(rule));
  }
  return out.empty() ? "" : "\nread from its attributes\n" + out;
}

std::string links_of(const TypeEntry& type) {
  std::size_t widest = 0;
  for (const LinkRule& link : type.links) {
    widest = std::max(widest, link.attribute.size());
  }
  std::string out;
  for (const LinkRule& link : type.links) {
    const std::string targets = targets_of(link);
    out += fmt::format("  {:<{}} {}{}\n", link.attribute, widest, link_words(link),
                       targets.empty() ? "" : ": " + targets);
  }
  return out.empty() ? "" : "\nlinks: where an attribute names another resource, this one\n" + out;
}

std::string figures_text(const Catalog& catalog, const TypeEntry& type) {
  if (type.becomes != Becomes::component) {
    return "\nfigures\n  none: it is no element of the model by itself\n";
  }
  std::string out = "\nfigures\n";
  for (const AppliedFigure& applied : figures_of(catalog, type)) {
    const Citation& citation = applied.figure->citation;
    out += fmt::format("  {:<17} {}: {}\n{:20}{}, {}, {}\n{:20}{}\n", applied.name,
                       figure_words(applied.name), value_words(*applied.figure), "",
                       origin_words(applied), trust_words(citation.trust), citation.date, "",
                       citation.source);
  }
  return out;
}

}  // namespace

std::string sheet_text(const Catalog& catalog, const TypeEntry& type) {
  std::string out = fmt::format("{} · {}\n", type.name, type.title);
  out += line("spelled", spellings_of(type));
  out += line("becomes", fmt::format("{}: {}", name_of(type.becomes), becomes_words(type.becomes)));
  out += line("kind", name_of(type.kind));
  out += line("service model", type.service_model ? name_of(*type.service_model) : "");
  if (type.becomes == Becomes::component) {
    out += line("scope", fmt::format("{}: {}", name_of(type.scope), scope_words(type.scope)));
    out += line("redundancy", name_of(type.redundancy));
  }
  out += line("provider", provider_of(catalog, type));
  out += line("service", service_of(catalog, type));
  out += line("class", type.figures_class);
  return out + flags_of(type) + reads_of(type) + links_of(type) + figures_text(catalog, type);
}

std::string list_text(const Catalog& catalog, std::string_view prefix) {
  std::size_t widest = 0;
  for (const TypeEntry& type : catalog.tables().types) {
    widest = std::max(widest, type.name.starts_with(prefix) ? type.name.size() : 0);
  }
  std::string out;
  for (const TypeEntry& type : catalog.tables().types) {
    if (type.name.starts_with(prefix)) {
      out +=
          fmt::format("{:<{}}  {:>3}  {}\n", type.name, widest, type.spellings.size(), type.title);
    }
  }
  return out;
}

}  // namespace outlast::catalog

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

/// "9.6 2022-04-30, 10 2023-04-30".
std::string days_of(const Lifecycle& lifecycle) {
  std::vector<std::string> days;
  for (const VersionEnd& end : lifecycle.ends) {
    days.push_back(fmt::format("{} {}", end.version, base::format_date(end.ends)));
  }
  return fmt::format("{}", fmt::join(days, ", "));
}

std::string endings_text(const Catalog& catalog, const TypeEntry& type) {
  std::string out;
  for (const Ending& ending : type.endings) {
    const Lifecycle* lifecycle = catalog.lifecycle(ending.of);
    if (lifecycle == nullptr) {
      continue;
    }
    const Citation& citation = lifecycle->citation;
    out += fmt::format("  {}{}: {}\n", ending.attribute, condition_words(ending.when),
                       lifecycle->ends.empty() ? "the day itself" : days_of(*lifecycle));
    out += fmt::format("{:20}then {}\n{:20}{}, {}\n{:20}{}\n", "", lifecycle->after, "",
                       trust_words(citation.trust), citation.date, "", citation.source);
  }
  return out.empty() ? "" : "\nends\n" + out;
}

std::string limits_text(const TypeEntry& type) {
  std::string out;
  for (const Limit& limit : type.limits) {
    out += fmt::format("  {}: {} in one {}{}{}\n{:20}{}, {}\n{:20}{}\n", limit.name,
                       base::format_number(limit.most), name_of(limit.per),
                       limit.attribute.empty() ? "" : fmt::format(", by {}", limit.attribute),
                       limit.can_be_raised ? ", more where the provider agrees" : "", "",
                       trust_words(limit.citation.trust), limit.citation.date, "",
                       limit.citation.source);
  }
  return out.empty() ? "" : "\nlimits\n" + out;
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
  out += line("to recover", type.role ? name_of(*type.role) : "");
  return out + flags_of(type) + reads_of(type) + links_of(type) + endings_text(catalog, type) +
         limits_text(type) + figures_text(catalog, type);
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

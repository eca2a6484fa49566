#include "base/json_document.h"
#include "base/json_writer.h"
#include "catalog/names.h"
#include "catalog/sheet_words.h"
#include "catalog/type_sheet.h"

namespace outlast::catalog {
namespace {

using base::JsonWriter;
using blueprint::name_of;

void begin(JsonWriter& json) {
  base::begin_document(json, kSheetVersion);
}

/// Null where there is none: an empty text would be a name.
void member_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  text.empty() ? json.null() : json.value(text);
}

/// Parts of a figure that do not apply are negative.
void number_or_null(JsonWriter& json, std::string_view key, double number) {
  json.key(key);
  number < 0 ? json.null() : json.value(number);
}

std::string_view origin_name(Origin origin) {
  switch (origin) {
    case Origin::type:
      return "type";
    case Origin::shared_class:
      return "class";
    case Origin::service:
      return "service";
    case Origin::region:
      return "region";
    case Origin::provider:
    case Origin::any_provider:
      return "provider";
  }
  return "";
}

std::string_view trust_name(Trust trust) {
  return trust == Trust::verified ? "verified" : trust == Trust::memory ? "memory" : "estimate";
}

void spellings(JsonWriter& json, const TypeEntry& type) {
  json.key("spellings");
  json.begin_array();
  for (const Spelling& spelling : type.spellings) {
    json.begin_object();
    json.member("format", spelling.format);
    json.member("type", spelling.type);
    json.end_object();
  }
  json.end_array();
}

void flags(JsonWriter& json, const TypeEntry& type) {
  json.key("flags");
  json.begin_array();
  for (const FlagName& flag : kTypeFlags) {
    if (type.*flag.flag) {
      json.begin_object();
      json.member("name", flag.name);
      json.member("meaning", flag.words);
      json.end_object();
    }
  }
  json.end_array();
}

void readings(JsonWriter& json, const TypeEntry& type) {
  json.key("reads");
  json.begin_array();
  for (const ReadRule& rule : type.reads) {
    json.begin_object();
    json.member("fact", name_of(rule.field));
    json.key("attributes");
    json.begin_array();
    for (const ReadSource& source : rule.sources) {
      for (const std::string_view attribute : {source.attribute, source.also}) {
        if (!attribute.empty()) {
          json.value(attribute);
        }
      }
    }
    json.end_array();
    json.member("meaning", read_words(rule));
    json.end_object();
  }
  json.end_array();
}

void links(JsonWriter& json, const TypeEntry& type) {
  json.key("links");
  json.begin_array();
  for (const LinkRule& link : type.links) {
    json.begin_object();
    json.member("attribute", link.attribute);
    json.member("role", name_of(link.role));
    json.key("to");
    json.begin_array();
    for (const std::string_view target : link.to) {
      json.value(target);
    }
    json.end_array();
    member_or_null(json, "strength", link.strength ? name_of(*link.strength) : "");
    json.member("meaning", link_words(link));
    json.end_object();
  }
  json.end_array();
}

void figure(JsonWriter& json, const AppliedFigure& applied) {
  const Figure& figure = *applied.figure;
  json.begin_object();
  json.member("name", applied.name);
  json.member("meaning", figure_words(applied.name));
  number_or_null(json, "every_years", figure.every_years);
  number_or_null(json, "median_s", figure.median_s);
  number_or_null(json, "p90_s", figure.p90_s);
  number_or_null(json, "detect_s", figure.detect_s);
  number_or_null(json, "share", figure.share);
  json.member("covers_parents", figure.covers_parents);
  json.member("origin", origin_name(applied.origin));
  json.member("owner", applied.owner);
  json.member("is_inherited", applied.is_inherited());
  json.member("is_estimate", applied.is_estimate());
  json.member("source", figure.citation.source);
  json.member("date", figure.citation.date);
  json.member("trust", trust_name(figure.citation.trust));
  json.end_object();
}

void versions(JsonWriter& json, const Lifecycle& lifecycle) {
  json.key("versions");
  json.begin_array();
  for (const VersionEnd& end : lifecycle.ends) {
    json.begin_object();
    json.member("version", end.version);
    json.member("ends", base::format_date(end.ends));
    member_or_null(json, "forced", end.forced == base::Date() ? "" : base::format_date(end.forced));
    json.end_object();
  }
  json.end_array();
}

void endings(JsonWriter& json, const Catalog& catalog, const TypeEntry& type) {
  json.key("ends");
  json.begin_array();
  for (const Ending& ending : type.endings) {
    const Lifecycle* lifecycle = catalog.lifecycle(ending.of);
    if (lifecycle == nullptr) {
      continue;
    }
    json.begin_object();
    json.member("attribute", ending.attribute);
    member_or_null(json, "condition", condition_words(ending.when));
    json.member("of", lifecycle->title);
    versions(json, *lifecycle);
    json.member("after", lifecycle->after);
    member_or_null(json, "forces", lifecycle->forces);
    json.member("source", lifecycle->citation.source);
    json.member("date", lifecycle->citation.date);
    json.member("trust", trust_name(lifecycle->citation.trust));
    json.end_object();
  }
  json.end_array();
}

void limits(JsonWriter& json, const TypeEntry& type) {
  json.key("limits");
  json.begin_array();
  for (const Limit& limit : type.limits) {
    json.begin_object();
    json.member("name", limit.name);
    member_or_null(json, "attribute", limit.attribute);
    json.member("most", limit.most);
    json.member("per", name_of(limit.per));
    json.member("can_be_raised", limit.can_be_raised);
    json.member("source", limit.citation.source);
    json.member("date", limit.citation.date);
    json.member("trust", trust_name(limit.citation.trust));
    json.end_object();
  }
  json.end_array();
}

void head(JsonWriter& json, const Catalog& catalog, const TypeEntry& type) {
  const ServiceEntry* service = catalog.service(type.provider, type.service);
  const ProviderEntry* provider = catalog.provider(type.provider);
  json.member("name", type.name);
  json.member("title", type.title);
  json.member("becomes", name_of(type.becomes));
  json.member("kind", name_of(type.kind));
  member_or_null(json, "service_model", type.service_model ? name_of(*type.service_model) : "");
  json.member("scope", name_of(type.scope));
  json.member("redundancy", name_of(type.redundancy));
  json.member("provider", type.provider);
  member_or_null(json, "provider_title", provider == nullptr ? "" : provider->title);
  member_or_null(json, "service", type.service);
  member_or_null(json, "service_title", service == nullptr ? "" : service->title);
  member_or_null(json, "class", type.figures_class);
  member_or_null(json, "recovery_role", type.role ? name_of(*type.role) : "");
}

}  // namespace

std::string sheet_json(const Catalog& catalog, const TypeEntry& type) {
  JsonWriter json;
  begin(json);
  json.key("type");
  json.begin_object();
  head(json, catalog, type);
  spellings(json, type);
  flags(json, type);
  readings(json, type);
  links(json, type);
  endings(json, catalog, type);
  limits(json, type);
  json.key("figures");
  json.begin_array();
  for (const AppliedFigure& applied : figures_of(catalog, type)) {
    figure(json, applied);
  }
  json.end_array();
  json.end_object();
  json.end_object();
  return json.take();
}

std::string list_json(const Catalog& catalog, std::string_view prefix) {
  JsonWriter json;
  begin(json);
  json.key("types");
  json.begin_array();
  for (const TypeEntry& type : catalog.tables().types) {
    if (type.name.starts_with(prefix)) {
      json.begin_object();
      json.member("name", type.name);
      json.member("title", type.title);
      json.member("spellings", type.spellings.size());
      json.end_object();
    }
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace outlast::catalog

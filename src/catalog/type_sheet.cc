#include "catalog/type_sheet.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/names.h"
#include "catalog/sheet_words.h"

namespace outlast::catalog {
namespace {

using blueprint::Kind;
using blueprint::Scope;

constexpr std::string_view kAny = "any";

bool reads(const TypeEntry& type, Field field) {
  return std::any_of(type.reads.begin(), type.reads.end(),
                     [&](const ReadRule& rule) { return rule.field == field; });
}

/// Can a component of this type be hit by what the figure is about? Where a resource says how far
/// it is spread, any scope is possible.
bool concerns(const TypeEntry& type, const FigureName& name) {
  const bool may_differ = reads(type, Field::scope);
  switch (name.about) {
    case About::zone:
      return may_differ || type.scope == Scope::zone;
    case About::region:
      return may_differ || type.scope != Scope::global;
    case About::managed_service:
      return !type.service.empty() && type.service_model &&
             *type.service_model != blueprint::ServiceModel::iaas;
    case About::third_party:
      return type.kind == Kind::external;
    case About::stores:
      return type.is_store;
    case About::what_holds_no_data:
      return !type.is_store;
    case About::everything:
      return true;
  }
  return true;
}

/// Gathers by the catalog's own look-ups, so that what is shown is what a run takes.
class Gatherer {
 public:
  Gatherer(const Catalog& catalog, const TypeEntry& type) : catalog_(catalog), type_(type) {}

  std::vector<AppliedFigure> gather() {
    for (const Figure& own : type_.figures) {
      out_.push_back({own.name, Origin::type, type_.name, &own});
    }
    for (const FiguresClass& shared : catalog_.tables().classes) {
      if (shared.name == type_.figures_class) {
        add_class(shared);
      }
    }
    for (const FigureName& name : figure_names()) {
      if (name.asked_of != AskedOf::type && concerns(type_, name)) {
        add_inherited(name);
      }
    }
    return std::move(out_);
  }

 private:
  void add_class(const FiguresClass& shared) {
    for (const Figure& figure : shared.figures) {
      if (catalog_.figure(type_, figure.name) == &figure) {
        out_.push_back({figure.name, Origin::shared_class, shared.name, &figure});
      }
    }
  }

  void add_inherited(const FigureName& name) {
    const bool has_own =
        catalog_.figure(type_, name.name) != nullptr ||
        (name.about == About::third_party && catalog_.figure(type_, "failure") != nullptr);
    if (name.asked_of == AskedOf::type_then_any) {
      if (!has_own) {
        add(name.name, catalog_.place_figure(kAny, "", name.name));
      }
    } else if (name.asked_of == AskedOf::service) {
      const std::string_view plain = name.name.substr(std::string_view("service_").size());
      add(name.name, catalog_.service_figure(type_.provider, type_.service, plain));
    } else {
      add(name.name, catalog_.place_figure(type_.provider, "", name.name));
      add_regions(name.name);
    }
  }

  void add(std::string_view name, const Figure* figure) {
    if (figure == nullptr) {
      return;
    }
    const auto has = [&](const auto* entry) {
      return entry != nullptr && std::any_of(entry->figures.begin(), entry->figures.end(),
                                             [&](const Figure& own) { return &own == figure; });
    };
    if (has(catalog_.service(type_.provider, type_.service))) {
      out_.push_back({name, Origin::service, type_.service, figure});
    } else if (has(catalog_.provider(type_.provider))) {
      out_.push_back({name, Origin::provider, type_.provider, figure});
    } else {
      out_.push_back({name, Origin::any_provider, kAny, figure});
    }
  }

  void add_regions(std::string_view name) {
    for (const RegionEntry& region : catalog_.tables().regions) {
      const Figure* own = find_figure(region.figures, name);
      if (region.provider == type_.provider && own != nullptr) {
        out_.push_back({name, Origin::region, region.name, own});
      }
    }
  }

  const Catalog& catalog_;
  const TypeEntry& type_;
  std::vector<AppliedFigure> out_;
};

}  // namespace

const TypeEntry* type_called(const Catalog& catalog, std::string_view word) {
  for (const std::string_view format : kFormats) {
    if (const TypeEntry* spelled = catalog.spelled(format, word)) {
      return spelled;
    }
  }
  return catalog.type(word);
}

std::vector<std::string_view> types_near(const Catalog& catalog, std::string_view word,
                                         std::size_t most) {
  std::vector<std::string_view> known;
  for (const TypeEntry& type : catalog.tables().types) {
    known.push_back(type.name);
    for (const Spelling& spelling : type.spellings) {
      known.push_back(spelling.type);
    }
  }
  auto near = base::nearest_few(word, known, most);
  // Half a name is far from the whole one by its letters.
  constexpr std::size_t kLeastPart = 3;
  for (const std::string_view name : known) {
    const bool is_told = std::find(near.begin(), near.end(), name) != near.end();
    if (near.size() < most && word.size() >= kLeastPart && !is_told &&
        name.find(word) != std::string_view::npos) {
      near.push_back(name);
    }
  }
  return near;
}

std::vector<AppliedFigure> figures_of(const Catalog& catalog, const TypeEntry& type) {
  return type.becomes == Becomes::component ? Gatherer(catalog, type).gather()
                                            : std::vector<AppliedFigure>();
}

}  // namespace outlast::catalog

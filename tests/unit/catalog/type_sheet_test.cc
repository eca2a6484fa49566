#include "catalog/type_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "catalog/names.h"
#include "catalog/sheet_words.h"

namespace outlast::catalog {
namespace {

const Catalog& shelf() {
  return Catalog::built_in();
}

const TypeEntry& called(std::string_view word) {
  const TypeEntry* type = type_called(shelf(), word);
  if (type == nullptr) {
    ADD_FAILURE() << "there is no type " << word;
    static const TypeEntry kNone;
    return kNone;
  }
  return *type;
}

/// Every figure compiled in, with the name of who has it.
std::vector<std::pair<std::string, const Figure*>> all_figures() {
  std::vector<std::pair<std::string, const Figure*>> all;
  const auto add = [&](const auto& owners) {
    for (const auto& owner : owners) {
      for (const Figure& figure : owner.figures) {
        all.emplace_back(std::string(owner.name) + " " + std::string(figure.name), &figure);
      }
    }
  };
  const Tables& tables = shelf().tables();
  add(tables.types);
  add(tables.classes);
  add(tables.services);
  add(tables.regions);
  add(tables.providers);
  return all;
}

const AppliedFigure* find(const std::vector<AppliedFigure>& figures, std::string_view name) {
  const auto found = std::find_if(figures.begin(), figures.end(),
                                  [&](const AppliedFigure& figure) { return figure.name == name; });
  return found == figures.end() ? nullptr : &*found;
}

bool is_date(std::string_view text) {
  const bool has_length = text.size() == 4 || text.size() == 7 || text.size() == 10;
  return has_length && text.find_first_not_of("0123456789-") == std::string_view::npos &&
         (text.starts_with("19") || text.starts_with("20"));
}

TEST(CatalogFigures, EachHasSourceDateAndTrust) {
  const auto all = all_figures();
  EXPECT_GE(all.size(), shelf().tables().classes.size());
  for (const auto& [name, figure] : all) {
    const Citation& citation = figure->citation;
    EXPECT_FALSE(citation.source.empty()) << name;
    EXPECT_TRUE(is_date(citation.date)) << name << ": " << citation.date;
    EXPECT_FALSE(trust_words(citation.trust).empty()) << name;
  }
}

void expect_founded(const Citation& citation, std::string_view whose) {
  EXPECT_FALSE(citation.source.empty()) << whose;
  EXPECT_TRUE(is_date(citation.date)) << whose << ": " << citation.date;
}

TEST(CatalogEnds, AreFoundedAndForcedNoSoonerThanTheyEnd) {
  EXPECT_GE(shelf().tables().lifecycles.size(), 15U);
  for (const Lifecycle& lifecycle : shelf().tables().lifecycles) {
    expect_founded(lifecycle.citation, lifecycle.name);
    EXPECT_FALSE(lifecycle.after.empty()) << lifecycle.name;
    for (const VersionEnd& end : lifecycle.ends) {
      EXPECT_TRUE(end.forced == base::Date() || end.forced >= end.ends)
          << lifecycle.name << " " << end.version;
    }
  }
}

TEST(CatalogEnds, EachTypeThatNamesALifecycleHasIt) {
  for (const TypeEntry& type : shelf().tables().types) {
    for (const Ending& ending : type.endings) {
      EXPECT_NE(shelf().lifecycle(ending.of), nullptr) << type.name;
    }
  }
}

TEST(CatalogLimits, AreFounded) {
  std::size_t count = 0;
  for (const TypeEntry& type : shelf().tables().types) {
    for (const Limit& limit : type.limits) {
      expect_founded(limit.citation, limit.name);
      EXPECT_GT(limit.most, 0) << limit.name;
      ++count;
    }
  }
  EXPECT_GE(count, 10U);
}

TEST(CatalogFigures, EachOfATypeOrClassGoesByAKnownName) {
  for (const auto& type : shelf().tables().types) {
    for (const Figure& figure : type.figures) {
      EXPECT_FALSE(figure_words(figure.name).empty()) << type.name << " " << figure.name;
    }
  }
  for (const auto& shared : shelf().tables().classes) {
    for (const Figure& figure : shared.figures) {
      EXPECT_FALSE(figure_words(figure.name).empty()) << shared.name << " " << figure.name;
    }
  }
}

TEST(TypeCalled, FindsByNameVariantAndSpelling) {
  EXPECT_EQ(called("aws.rds").name, "aws.rds");
  EXPECT_EQ(called("aws.rds.postgres").name, "aws.rds");
  EXPECT_EQ(called("aws_db_instance").name, "aws.rds");
  EXPECT_EQ(called("google_project_iam_member").name, called("google_folder_iam_member").name);
  EXPECT_EQ(type_called(shelf(), "aws.nothing_like_it"), nullptr);
  EXPECT_EQ(type_called(shelf(), ""), nullptr);
}

TEST(TypeCalled, FindsEverySpellingOfEveryType) {
  for (const TypeEntry& type : shelf().tables().types) {
    EXPECT_EQ(called(type.name).name, type.name);
    for (const Spelling& spelling : type.spellings) {
      if (spelling.type.find('*') == std::string_view::npos) {
        EXPECT_EQ(called(spelling.type).name, type.name) << spelling.type;
      }
    }
  }
}

TEST(TypesNear, FindsSlipsAndHalfNames) {
  ASSERT_FALSE(types_near(shelf(), "aws_db_instanc").empty());
  EXPECT_EQ(types_near(shelf(), "aws_db_instanc").front(), "aws_db_instance");
  const auto half = types_near(shelf(), "mssql_data", 50);
  EXPECT_NE(std::find(half.begin(), half.end(), "azurerm_mssql_database"), half.end());
  EXPECT_LE(types_near(shelf(), "aws").size(), 5U);
  EXPECT_TRUE(types_near(shelf(), "zzqqzzqqzz").empty());
}

TEST(FiguresOf, OwnStandInForThoseOfTheClass) {
  const TypeEntry& app_gateway = called("azurerm_application_gateway");
  const auto figures = figures_of(shelf(), app_gateway);
  for (const AppliedFigure& figure : figures) {
    const auto same = std::count_if(figures.begin(), figures.end(), [&](const auto& other) {
      return other.name == figure.name && other.origin != Origin::region;
    });
    EXPECT_EQ(same, figure.origin == Origin::region ? same : 1) << figure.name;
  }
  ASSERT_NE(find(figures, "failure"), nullptr);
  EXPECT_FALSE(find(figures, "failure")->is_inherited());
}

TEST(FiguresOf, TellWhatIsInheritedAndEstimated) {
  const auto figures = figures_of(shelf(), called("aws.rds"));
  const AppliedFigure* own = find(figures, "switch");
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(own->origin, Origin::shared_class);
  EXPECT_EQ(own->owner, "managed_database");
  EXPECT_TRUE(own->is_inherited());
  EXPECT_EQ(own->is_estimate(), own->figure->citation.trust == Trust::estimate);
  EXPECT_EQ(find(figures, "restore")->origin, Origin::any_provider);
  EXPECT_EQ(find(figures, "rebuild"), nullptr) << "what holds data is restored";
}

TEST(FiguresOf, AreThoseThatTheCatalogLooksUp) {
  for (const TypeEntry& type : shelf().tables().types) {
    for (const AppliedFigure& applied : figures_of(shelf(), type)) {
      if (applied.origin == Origin::type || applied.origin == Origin::shared_class) {
        EXPECT_EQ(applied.figure, shelf().figure(type, applied.name)) << type.name;
      } else if (applied.origin == Origin::region) {
        EXPECT_EQ(applied.figure, shelf().place_figure(type.provider, applied.owner, applied.name));
      } else if (applied.origin == Origin::service) {
        EXPECT_EQ(applied.figure,
                  shelf().service_figure(type.provider, type.service, applied.name.substr(8)));
      } else {
        EXPECT_EQ(applied.figure, shelf().place_figure(type.provider, "", applied.name))
            << type.name << " " << applied.name;
      }
    }
  }
}

TEST(FiguresOf, ConcernOnlyWhereItCanLie) {
  const auto global = figures_of(shelf(), called("cloudflare.dns"));
  EXPECT_EQ(find(global, "zone_outage"), nullptr);
  EXPECT_EQ(find(global, "region_outage"), nullptr);
  EXPECT_NE(find(global, "provider_outage"), nullptr);
  const auto zonal = figures_of(shelf(), called("aws_instance"));
  EXPECT_NE(find(zonal, "zone_outage"), nullptr);
  EXPECT_EQ(find(zonal, "service_failure"), nullptr) << "rented machines fail by their zones";
  EXPECT_TRUE(figures_of(shelf(), called("aws_subnet")).empty()) << "no element of the model";
}

TEST(Sheet, HoldsSourceDateAndTrustOfEachFigureShown) {
  const TypeEntry& type = called("aws.rds");
  const std::string text = sheet_text(shelf(), type);
  const std::string json = sheet_json(shelf(), type);
  for (const AppliedFigure& applied : figures_of(shelf(), type)) {
    const Citation& citation = applied.figure->citation;
    for (const std::string_view part :
         {citation.source, citation.date, trust_words(citation.trust)}) {
      EXPECT_NE(text.find(part), std::string::npos) << part;
    }
    EXPECT_NE(json.find(citation.source), std::string::npos) << citation.source;
  }
  EXPECT_NE(text.find("inherited from class managed_database, our estimate"), std::string::npos);
}

TEST(Sheet, TellsHowFactsAreReadAndWhatLinksMean) {
  const std::string text = sheet_text(shelf(), called("aws.rds"));
  EXPECT_NE(text.find("multi_az (true is 2, false is 1); else 1"), std::string::npos) << text;
  EXPECT_NE(text.find("needs it (startup, supply): aws_kms_key"), std::string::npos) << text;
  EXPECT_NE(text.find("backup_retention_period (times 24 h)"), std::string::npos) << text;
}

TEST(List, IsOfTheNamesThatBeginSo) {
  const std::string text = list_text(shelf(), "aws.rds");
  EXPECT_EQ(text.find("aws.rds "), 0U);
  EXPECT_EQ(text.find("gcp."), std::string::npos);
  EXPECT_EQ(list_text(shelf(), "nothing"), "");
  const std::string all = list_text(shelf(), "");
  EXPECT_EQ(static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n')),
            shelf().tables().types.size());
}

}  // namespace
}  // namespace outlast::catalog

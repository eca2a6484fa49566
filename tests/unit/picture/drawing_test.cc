#include "picture/drawing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "picture/picture.h"
#include "support/analysed.h"

namespace outlast::picture {
namespace {

/// A blueprint and what is said of it.
struct Drawn {
  explicit Drawn(const std::string& yaml, std::size_t most = kMostNodes)
      : bp(support::make_blueprint(yaml)), drawing(draw(bp, support::analysed(yaml), most)) {}

  [[nodiscard]] const Node& node(const std::string& name) const {
    const auto found = std::find_if(drawing.nodes.begin(), drawing.nodes.end(),
                                    [&](const Node& n) { return n.name == name; });
    EXPECT_NE(found, drawing.nodes.end()) << name;
    return *found;
  }
  [[nodiscard]] std::vector<std::string> places_of(const std::string& name) const {
    std::vector<std::string> places;
    for (std::size_t box = node(name).box; box != 0; box = drawing.boxes[box].parent) {
      places.push_back(drawing.boxes[box].title);
    }
    return places;
  }
  [[nodiscard]] const Box& box(const std::string& title) const {
    const auto found = std::find_if(drawing.boxes.begin(), drawing.boxes.end(),
                                    [&](const Box& b) { return b.title == title; });
    EXPECT_NE(found, drawing.boxes.end()) << title;
    return *found;
  }
  [[nodiscard]] std::size_t index_of(const std::string& name) const {
    return static_cast<std::size_t>(&node(name) - drawing.nodes.data());
  }
  [[nodiscard]] LineKind line(const std::string& from, const std::string& to) const {
    const auto found = std::find_if(drawing.lines.begin(), drawing.lines.end(), [&](const Line& l) {
      return l.from == index_of(from) && l.to == index_of(to);
    });
    EXPECT_NE(found, drawing.lines.end()) << from << " " << to;
    return found->kind;
  }

  blueprint::Blueprint bp;
  Drawing drawing;
};

constexpr const char* kShop =
    "outlast: 1\nname: shop\njourneys: {buy: {enters: web}}\ncomponents:\n"
    "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c],\n"
    "        replicas: 3, at_least: 2, needs: [db, {mail: soft}, pay]}\n"
    "  db: {type: aws.rds.postgres, region: us-east-1, zones: [us-east-1a]}\n"
    "  mail: {type: aws.sqs, region: us-east-1}\n"
    "  pay: {type: external.payment}\n"
    "  old: {type: aws.ec2, region: us-east-1, zones: [us-east-1a], needs: [db]}\n";

TEST(Drawing, PutsEachComponentIntoTheInnermostPlaceThatHoldsAllOfIt) {
  const Drawn shop(kShop);
  EXPECT_EQ(shop.places_of("db"), (std::vector<std::string>{"us-east-1a", "us-east-1", "aws"}));
  EXPECT_EQ(shop.places_of("web"), (std::vector<std::string>{"us-east-1", "aws"}));
  EXPECT_TRUE(shop.places_of("pay").empty());
}

TEST(Drawing, APlaceThatIsNotKnownIsABoxOnlyWhereItHoldsSeveral) {
  const Drawn shop(
      "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, region: us-east-1, needs: [db]}\n"
      "  db: {type: aws.rds.postgres, region: us-east-1}\n");
  EXPECT_EQ(shop.places_of("web"), (std::vector<std::string>{"us-east-1", "aws"}));
  EXPECT_EQ(shop.places_of("db"), (std::vector<std::string>{"us-east-1", "aws"}));
}

TEST(Drawing, TellsAGroupAsOneNodeWithItsSize) {
  EXPECT_EQ(Drawn(kShop).node("web").detail, "3 in 3 zones, needs 2");
}

TEST(Drawing, MarksWhatAloneStopsUsersAndNothingElse) {
  const Drawn shop(kShop);
  EXPECT_TRUE(shop.node("db").is_single_point);
  EXPECT_TRUE(shop.node("pay").is_single_point);
  EXPECT_FALSE(shop.node("web").is_single_point);
  EXPECT_FALSE(shop.node("mail").is_single_point);
  EXPECT_FALSE(shop.node("old").is_single_point) << "it is one instance, but serves nobody";
}

TEST(Drawing, MarksTheZoneWhoseLossAloneStopsUsersThoughItsOneMachineIsTold) {
  const Drawn shop(kShop);
  EXPECT_TRUE(shop.box("us-east-1a").is_single_point);
  EXPECT_TRUE(shop.box("us-east-1").is_single_point);
  EXPECT_TRUE(shop.box("aws").is_single_point);
  const Drawn spread(
      "outlast: 1\njourneys: {buy: {enters: a}}\ncomponents:\n"
      "  a: {type: aws.alb, region: us-east-1, zones: [us-east-1a, us-east-1b],\n"
      "      needs: [{any_of: [b, c]}]}\n"
      "  b: {type: aws.ec2, region: us-east-1, zones: [us-east-1a]}\n"
      "  c: {type: aws.ec2, region: us-east-1, zones: [us-east-1b]}\n");
  EXPECT_FALSE(spread.box("us-east-1a").is_single_point);
}

TEST(Drawing, PutsWhatSharesAHostIntoItAndMarksTheHost) {
  const Drawn shop(
      "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a], replicas: 2,\n"
      "        fate: {host: rack7-a}, needs: [db]}\n"
      "  db: {type: aws.ec2, region: us-east-1, zones: [us-east-1a], fate: {host: rack7-a}}\n"
      "  old: {type: aws.ec2, region: us-east-1, zones: [us-east-1b], fate: {host: rack7-b}}\n");
  EXPECT_EQ(shop.places_of("web").front(), "rack7-a");
  EXPECT_TRUE(shop.box("rack7-a").is_single_point);
  EXPECT_FALSE(shop.box("rack7-b").is_single_point);
}

TEST(Drawing, NamesTheServicesOfProvidersThatAloneStopUsers) {
  const Drawn shop(kShop);
  ASSERT_EQ(shop.drawing.footnote.size(), 1U);
  EXPECT_EQ(shop.drawing.footnote[0],
            "services of providers whose loss alone stops users: rds / us-east-1");
}

TEST(Drawing, TellsLinesByWhatTheLossOfTheirEndDoes) {
  const Drawn shop(kShop);
  EXPECT_EQ(shop.line("users", "web"), LineKind::enters);
  EXPECT_EQ(shop.line("web", "db"), LineKind::needs);
  EXPECT_EQ(shop.line("web", "mail"), LineKind::lessens);
}

TEST(Drawing, CountsWhatNoJourneyNeedsWhereThereIsNoRoom) {
  std::string yaml = kShop;
  for (int i = 0; i < 50; ++i) {
    yaml += "  idle" + std::to_string(i) + ": {type: aws.s3, region: us-east-1}\n";
  }
  const Drawn wide(yaml, 100);
  EXPECT_EQ(wide.drawing.nodes.size(), 56U);
  EXPECT_EQ(wide.drawing.footnote.size(), 1U) << "the services that stop users";
  const Drawn narrow(yaml, 20);
  EXPECT_EQ(narrow.node("50 components").count, 50U);
  EXPECT_TRUE(narrow.node("db").is_single_point);
  ASSERT_EQ(narrow.drawing.footnote.size(), 2U);
  EXPECT_EQ(narrow.drawing.footnote[1],
            "50 components that no journey needs are drawn by place only");
}

TEST(Drawing, DrawsSinglePointsAsOneLastOfAll) {
  std::string needs;
  std::string all;
  for (int i = 0; i < 30; ++i) {
    const std::string id = std::to_string(i);
    needs += "one" + id + ", queue" + id + ", ";
    all += "  one" + id + ": {type: aws.ec2, region: us-east-1, zones: [us-east-1a]}\n  queue" +
           id + ": {type: aws.sqs, region: us-east-1}\n";
  }
  const std::string yaml =
      "outlast: 1\njourneys: {j: {enters: web}}\ncomponents:\n  web: {type: aws.alb, region: "
      "us-east-1, needs: [" +
      needs + "]}\n" + all;
  const Drawn some(yaml, 40);
  EXPECT_TRUE(some.node("one7").is_single_point);
  EXPECT_EQ(some.node("30 components").detail, "aws.sqs");
  const Drawn few(yaml, 4);
  const Node& ones = few.drawing.nodes.back();
  EXPECT_EQ(ones.count, 30U);
  EXPECT_TRUE(ones.is_single_point);
}

TEST(Mermaid, HoldsNothingThatItsSyntaxWouldTakeForItsOwn) {
  const Drawn hostile(
      "outlast: 1\nname: x\njourneys: {j: {enters: end}}\ncomponents:\n"
      "  end: {type: aws.ec2, zones: [a], needs: ['%%{init: {}}%% \"]; x --> y', \"`웹`\"]}\n"
      "  '%%{init: {}}%% \"]; x --> y': {type: aws.ec2, zones: [a]}\n"
      "  \"`웹`\": {type: aws.ec2, zones: [a]}\n");
  const std::string text = to_mermaid(hostile.drawing);
  EXPECT_EQ(text.find('%'), std::string::npos);
  EXPECT_EQ(text.find('`'), std::string::npos);
  EXPECT_NE(text.find("웹"), std::string::npos);
  EXPECT_NE(text.find("[\"⚠ end<br/>"), std::string::npos) << "a keyword stands in quotes only";
}

}  // namespace
}  // namespace outlast::picture

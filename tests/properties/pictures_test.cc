// Laws of pictures, on random drawings: nested places, lines of any direction, loops among them.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "agree/random_blueprint.h"
#include "picture/labels.h"
#include "picture/layout.h"
#include "picture/picture.h"
#include "support/analysed.h"

namespace outlast::picture {
namespace {

Drawing random_drawing() {
  Drawing drawing;
  drawing.title = *rc::gen::element<std::string>("shop", "", "가게 <&>\"", std::string(90, 'x'));
  drawing.boxes.emplace_back();
  const auto boxes = *rc::gen::inRange<std::size_t>(1, 8);
  for (std::size_t i = 1; i < boxes; ++i) {
    Box box;
    box.parent = *rc::gen::inRange<std::size_t>(0, i);
    box.place = Place::region;
    box.title = *rc::gen::element<std::string>("a", "us-east-1", "아주 긴 이름을 가진 가용 영역",
                                               std::string(70, 'W'));
    box.is_single_point = *rc::gen::arbitrary<bool>();
    drawing.boxes.push_back(box);
  }
  const auto nodes = *rc::gen::inRange<std::size_t>(1, 25);
  for (std::size_t i = 0; i < nodes; ++i) {
    Node node;
    node.box = *rc::gen::inRange<std::size_t>(0, boxes);
    node.name = *rc::gen::element<std::string>("web", "데이터베이스", std::string(50, 'm'), "");
    node.detail = *rc::gen::element<std::string>("aws.ec2", std::string(60, 'i'));
    node.is_single_point = *rc::gen::arbitrary<bool>();
    drawing.nodes.push_back(node);
  }
  const auto lines = *rc::gen::inRange<std::size_t>(0, 40);
  for (std::size_t i = 0; i < lines; ++i) {
    const auto from = *rc::gen::inRange<std::size_t>(0, nodes);
    const auto to = *rc::gen::inRange<std::size_t>(0, nodes);
    if (from != to) {
      drawing.lines.push_back({from, to, LineKind::needs, ""});
    }
  }
  return drawing;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

bool is_inside(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
         inner.bottom() <= outer.bottom();
}

bool holds(const Drawing& drawing, std::size_t outer, std::size_t box) {
  while (box != 0 && box != outer) {
    box = drawing.boxes[box].parent;
  }
  return box == outer;
}

RC_GTEST_PROP(Layout, NodesLieApartAndWithinTheirPlaces, ()) {
  const Drawing drawing = random_drawing();
  const Layout layout = lay_out(drawing);
  for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
    RC_ASSERT(is_inside(layout.nodes[i], layout.boxes[drawing.nodes[i].box]));
    for (std::size_t j = 0; j < i; ++j) {
      RC_ASSERT(!overlap(layout.nodes[i], layout.nodes[j]));
    }
    for (std::size_t box = 1; box < layout.boxes.size(); ++box) {
      RC_ASSERT(holds(drawing, box, drawing.nodes[i].box) ||
                !overlap(layout.nodes[i], layout.boxes[box]));
    }
  }
  for (std::size_t i = 1; i < layout.boxes.size(); ++i) {
    RC_ASSERT(is_inside(layout.boxes[i], layout.boxes[drawing.boxes[i].parent]));
    for (std::size_t j = 1; j < i; ++j) {
      RC_ASSERT(holds(drawing, j, i) || holds(drawing, i, j) ||
                !overlap(layout.boxes[i], layout.boxes[j]));
    }
  }
}

RC_GTEST_PROP(Layout, LabelsAreWholeAndLieApart, ()) {
  const Drawing drawing = random_drawing();
  const Layout layout = lay_out(drawing);
  const Rect page = {0, 0, layout.width, layout.height};
  for (std::size_t i = 0; i < layout.labels.size(); ++i) {
    const Label& label = layout.labels[i];
    const bool is_of_node = label.role == Label::Role::name || label.role == Label::Role::detail;
    const Rect& room = is_of_node                       ? layout.nodes[label.of]
                       : label.role == Label::Role::box ? layout.boxes[label.of]
                                                        : page;
    RC_ASSERT(is_inside(label.rect, room));
    RC_ASSERT(width_of(label.text) <= label.rect.width);
    for (std::size_t j = 0; j < i; ++j) {
      RC_ASSERT(!overlap(label.rect, layout.labels[j].rect));
    }
    for (std::size_t node = 0; node < layout.nodes.size(); ++node) {
      RC_ASSERT((is_of_node && label.of == node) || !overlap(label.rect, layout.nodes[node]));
    }
  }
}

/// Does a stretch of a route touch the inside of a node? What is curved stays within its ends.
bool crosses(Point a, Point b, const Rect& node) {
  const Rect hull = {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x) + 1,
                     std::abs(a.y - b.y) + 1};
  return overlap(hull, {node.x + 1, node.y + 1, node.width - 2, node.height - 2});
}

RC_GTEST_PROP(Layout, RoutesLeadFromEndToEndAndCrossNoNode, ()) {
  const Drawing drawing = random_drawing();
  const Layout layout = lay_out(drawing);
  RC_ASSERT(layout.routes.size() == drawing.lines.size());
  for (std::size_t i = 0; i < layout.routes.size(); ++i) {
    const auto& route = layout.routes[i];
    const Rect& from = layout.nodes[drawing.lines[i].from];
    const Rect& to = layout.nodes[drawing.lines[i].to];
    RC_ASSERT(route.front().x == from.x + from.width / 2);
    RC_ASSERT(route.front().y == from.y || route.front().y == from.bottom());
    RC_ASSERT(route.back().x == to.x + to.width / 2);
    RC_ASSERT(route.back().y == to.y || route.back().y == to.bottom());
    for (std::size_t k = 1; k < route.size(); ++k) {
      for (std::size_t node = 0; node < layout.nodes.size(); ++node) {
        RC_ASSERT(!crosses(route[k - 1], route[k], layout.nodes[node]));
      }
    }
  }
}

RC_GTEST_PROP(Picture, IsTheSameForAnyOrderOfTheInput, ()) {
  const std::string yaml = *agree::random_blueprint();
  const auto at = yaml.find("components:\n") + 12;
  std::vector<std::string> lines;
  for (std::size_t begin = at; begin < yaml.size();) {
    const std::size_t end = yaml.find('\n', begin) + 1;
    lines.push_back(yaml.substr(begin, end - begin));
    begin = end;
  }
  std::reverse(lines.begin(), lines.end());
  std::string turned = yaml.substr(0, at);
  for (const std::string& line : lines) {
    turned += line;
  }
  const auto drawn = [](const std::string& text) {
    const Drawing drawing = draw(support::make_blueprint(text), support::analysed(text));
    return to_svg(drawing) + to_dot(drawing) + to_mermaid(drawing);
  };
  RC_ASSERT(drawn(yaml) == drawn(turned));
}

TEST(Picture, OfTenThousandComponentsStaysSmall) {
  std::string yaml = "outlast: 1\njourneys: {j: {enters: c0}}\ncomponents:\n";
  for (int i = 0; i < 10'000; ++i) {
    yaml += "  c" + std::to_string(i) + ": {type: aws.ec2, region: us-east-" +
            std::to_string(1 + i % 2) + ", zones: [us-east-1" + "abc"[i % 3] + "], needs: [" +
            (i < 9'999 ? "c" + std::to_string(i + 1) : "") +
            (i < 9'000 ? ", c" + std::to_string(i + 1 + i * 7 % 900) : "") + "]}\n";
  }
  const auto bp = support::make_blueprint(yaml);
  const std::string svg = to_svg(draw(bp, {}));
  const std::string all = to_svg(draw(bp, {}, 200));
  EXPECT_LT(svg.size(), 1'000'000U);
  EXPECT_GT(all.size(), 1'000U);
}

}  // namespace
}  // namespace outlast::picture

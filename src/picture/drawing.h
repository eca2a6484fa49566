#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"
#include "findings/evaluation.h"

namespace outlast::picture {

/// What a line says, the weightiest first: of two between the same ends the first is drawn.
enum class LineKind {
  enters,   ///< users come in
  needs,    ///< it stops without
  lessens,  ///< it goes on with less, or for a time
  manages,  ///< it goes on, but cannot start, be changed or be watched
  possible  ///< only a permission or an open port says that it could be used
};
inline constexpr std::size_t kLineKinds = 5;

/// Each within the one before it, where both hold a thing; a shared one is a host, a rack or a facility.
enum class Place { whole, provider, region, zone, shared };
inline constexpr std::size_t kPlaces = 5;

/// A place that holds other places and nodes.
struct Box {
  std::size_t parent = 0;  ///< its index is smaller; that of the whole is itself
  Place place = Place::whole;
  std::string title;
  bool is_single_point = false;
  bool is_certain = true;  ///< false: which zone it is, is not known
};

/// A component, users, or several components that are drawn as one.
struct Node {
  std::size_t box = 0;
  std::string name;
  std::string detail;        ///< "3 in 3 zones, needs 2", or what it is
  std::string tooltip = {};  ///< everything, nothing shortened
  std::size_t count = 1;
  bool is_users = false;
  bool is_single_point = false;
  bool is_on_journey = true;
};

/// `from` rests on `to`.
struct Line {
  std::size_t from = 0;
  std::size_t to = 0;
  LineKind kind = LineKind::needs;
  std::string tooltip;
};

/// What a picture says of itself, by the enumerators above.
struct Words {
  std::string legend = "legend";
  std::string single_point = "single point of failure: its loss alone stops users";
  std::array<std::string, kLineKinds> lines = {
      "users come in", "stops without it", "goes on with less, or for a time",
      "needs it only to start, to change or to watch", "may use it: only a permission says so"};
  std::array<std::string, kPlaces> places = {"", "provider", "region", "zone", "shared place"};
  std::string uncertain = "which one is not known";
};

struct Drawing {
  std::string title;
  std::string description;  ///< for who cannot see it
  std::vector<Box> boxes;   ///< the whole first, then by their names
  std::vector<Node> nodes;
  std::vector<Line> lines;            ///< by their ends
  std::vector<std::string> footnote;  ///< what was drawn as one
  Words words = {};
};

/// How much one can still look at: beyond it, nodes are drawn as one.
inline constexpr std::size_t kMostNodes = 120;

/// What there is to draw.
///
/// in      most  nodes that are drawn before several are taken together
/// out     the same for every order of the input
/// cost    near linear in components and needs
[[nodiscard]] Drawing draw(const blueprint::Blueprint& bp, const findings::Analysis& analysis,
                           std::size_t most = kMostNodes);

/// What lies directly in a box, by index.
struct Inside {
  std::vector<std::size_t> boxes;
  std::vector<std::size_t> nodes;
};
[[nodiscard]] std::vector<Inside> insides_of(const Drawing& drawing);

/// Of lines that there are, in their order.
[[nodiscard]] std::vector<LineKind> kinds_in(const Drawing& drawing);

/// The same in another language: all that is no name goes through `say`.
void put_into(Drawing& drawing, const std::function<std::string(std::string_view)>& say);

}  // namespace outlast::picture

// Cells of a terminal, bytes of a text and characters for people are three different counts.
// Here a line becomes glyphs, each knowing its bytes and its cells; cutting, masking and carets are
// then questions about glyphs only, and a caret cannot stand beside what it marks.
//
// Widths are those of Unicode's East Asian Width, in ranges coarse enough to fit on a page.
// Terminals differ on emoji and ambiguous letters; there a caret may be off by a cell.

#include "base/quoted_line.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "base/utf8.h"

namespace outlast::base {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kTab = "    ";

/// What is shown for some bytes of the line: one character, a tab, or a hidden secret.
struct Glyph {
  ByteRange bytes;
  std::string_view shown;
  std::size_t cells = 1;
};

using Range = std::pair<std::uint32_t, std::uint32_t>;

/// Two cells wide: East Asian Wide and Fullwidth of Unicode 15, and emoji.
constexpr std::array<Range, 18> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xA960, 0xA97F},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE10, 0xFE19},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1F6FF},
                                          {0x1F900, 0x1F9FF},
                                          {0x20000, 0x2FFFD},
                                          {0x30000, 0x3FFFD}}};

/// No cell of their own: combining marks, variation selectors, vowels and finals of old Hangul.
constexpr std::array<Range, 6> kCombining = {{{0x0300, 0x036F},
                                              {0x1160, 0x11FF},
                                              {0x1AB0, 0x1AFF},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F},
                                              {0xFE20, 0xFE2F}}};

/// Never printed: controls, and what is invisible or turns the direction of writing.
constexpr std::array<Range, 7> kActing = {{{0x0000, 0x001F},
                                           {0x007F, 0x009F},
                                           {0x200B, 0x200F},
                                           {0x2028, 0x202E},
                                           {0x2060, 0x206F},
                                           {0xFEFF, 0xFEFF},
                                           {0xE0000, 0xE007F}}};

template <std::size_t N>
bool is_in(std::uint32_t code_point, const std::array<Range, N>& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return code_point >= range.first && code_point <= range.second;
  });
}

/// What is shown for the character at a place; a byte that is no UTF-8 is one of its own.
Glyph glyph_at(std::string_view text, std::size_t at) {
  const CodePoint next = decode_utf8(text, at);
  const ByteRange bytes = {at, at + next.bytes};
  if (next.value == '\t') {
    return {bytes, kTab, kTab.size()};
  }
  if (next.is_broken() || is_in(next.value, kActing)) {
    return {bytes, kReplacement, 1};
  }
  const std::size_t cells = is_in(next.value, kCombining) ? 0 : is_in(next.value, kWide) ? 2 : 1;
  return {bytes, text.substr(at, next.bytes), cells};
}

/// The window as glyphs; a hidden range is one, however long it is.
std::vector<Glyph> glyphs_of(std::string_view text, ByteRange window,
                             const std::vector<ByteRange>& hidden) {
  std::vector<Glyph> glyphs;
  std::size_t next_hidden = 0;
  for (std::size_t at = window.begin; at < window.end;) {
    while (next_hidden < hidden.size() && hidden[next_hidden].end <= at) {
      ++next_hidden;
    }
    const bool is_hidden = next_hidden < hidden.size() && hidden[next_hidden].begin <= at;
    glyphs.push_back(is_hidden
                         ? Glyph{{at, std::min(hidden[next_hidden].end, window.end)}, kEllipsis, 1}
                         : glyph_at(text, at));
    at = glyphs.back().bytes.end;
  }
  return glyphs;
}

/// The bytes of the line that are looked at: as many as could fit on either side of the mark.
ByteRange window_around(std::string_view text, ByteRange line, std::size_t at, std::size_t width) {
  constexpr std::size_t kLongestCodePoint = 4;
  const std::size_t reach = width * kLongestCodePoint;
  ByteRange window = {at - std::min(at - line.begin, reach), at + std::min(line.end - at, reach)};
  // Never begin or end inside a character.
  const auto is_inside = [&](std::size_t place) {
    return place > line.begin && place < line.end &&
           (static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U;
  };
  while (is_inside(window.begin)) {
    --window.begin;
  }
  while (is_inside(window.end)) {
    ++window.end;
  }
  return window;
}

std::size_t cells(const std::vector<Glyph>& glyphs) {
  return std::accumulate(glyphs.begin(), glyphs.end(), std::size_t{0},
                         [](std::size_t sum, const Glyph& glyph) { return sum + glyph.cells; });
}

/// First and last glyph to show so that the marked one is in sight and most of the room is used.
std::pair<std::size_t, std::size_t> fit(const std::vector<Glyph>& glyphs, std::size_t marked,
                                        std::size_t width) {
  std::size_t first = std::min(marked, glyphs.size());
  std::size_t last = first;
  std::size_t used = 0;
  const auto grow_left = [&](std::size_t limit) {
    while (first > 0 && used + glyphs[first - 1].cells <= limit) {
      used += glyphs[--first].cells;
    }
  };
  // Half the room goes to what stands before, the rest to what follows; what is left over, back.
  grow_left(width / 2);
  while (last < glyphs.size() && used + glyphs[last].cells <= width) {
    used += glyphs[last++].cells;
  }
  grow_left(width);
  return {first, last};
}

/// An empty mark is a point: the glyph that begins there is marked.
bool is_marked(const Glyph& glyph, ByteRange marked) {
  return glyph.bytes.begin < std::max(marked.end, marked.begin + 1) &&
         glyph.bytes.end > marked.begin;
}

}  // namespace

QuotedLine quote_line(std::string_view text, ByteRange line, ByteRange marked, std::size_t width,
                      SecretMask& mask) {
  const std::size_t at = std::clamp(marked.begin, line.begin, line.end);
  const ByteRange window = window_around(text, line, at, width);
  const std::vector<Glyph> glyphs =
      glyphs_of(text.substr(0, line.end), window, mask.secrets(window, marked));
  const auto first_marked = std::find_if(
      glyphs.begin(), glyphs.end(), [&](const Glyph& glyph) { return is_marked(glyph, marked); });
  const std::size_t room = std::max<std::size_t>(width, 20);
  const bool fits = window.begin == line.begin && window.end == line.end && cells(glyphs) <= room;
  const auto [first, last] = fit(glyphs, static_cast<std::size_t>(first_marked - glyphs.begin()),
                                 fits ? room : room - 2);  // room for an ellipsis at either end
  QuotedLine quoted;
  // A hidden secret at either end looks like a cut already.
  const auto looks_cut = [&](std::size_t glyph) {
    return glyph < last && glyphs[glyph].shown == kEllipsis;
  };
  const bool goes_on_left = first > 0 || window.begin > line.begin;
  const bool goes_on_right = last < glyphs.size() || window.end < line.end;
  const bool cut_left = goes_on_left && !looks_cut(first);
  const bool cut_right = goes_on_right && (last == first || !looks_cut(last - 1));
  if (cut_left) {
    quoted.text += kEllipsis;
    quoted.carets += ' ';
  }
  for (std::size_t i = first; i < last; ++i) {
    quoted.text += glyphs[i].shown;
    quoted.carets.append(glyphs[i].cells, is_marked(glyphs[i], marked) ? '^' : ' ');
  }
  if (quoted.carets.find('^') == std::string::npos) {
    quoted.carets += '^';  // just behind the line
  }
  quoted.carets.erase(quoted.carets.find_last_of('^') + 1);
  quoted.text += cut_right ? kEllipsis : "";
  return quoted;
}

std::size_t count_cells(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    count += text[at] == '\t' ? 1 : glyph.cells;
    at = glyph.bytes.end;
  }
  return count;
}

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = glyph_at(text, at);
    out += text[at] == '\n' || text[at] == '\t' ? std::string_view(" ") : glyph.shown;
    at = glyph.bytes.end;
  }
  return out;
}

}  // namespace outlast::base

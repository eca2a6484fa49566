#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>

namespace outlast::base {
namespace {

/// Rows of a table that is filled anew for each pair of words.
struct Rows {
  std::vector<std::size_t> before;
  std::vector<std::size_t> last;
  std::vector<std::size_t> now;
};

/// Damerau–Levenshtein distance (neighbours swapped count one), restricted variant; where it is
/// more than `most`, something that is more. No row depends on any but the two before it, so that
/// two in a row that are too far end it: thousands of names are compared with thousands.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most, Rows& rows) {
  auto& [before, last, row] = rows;
  before.assign(b.size() + 1, 0);
  last.resize(b.size() + 1);
  row.assign(b.size() + 1, 0);
  std::iota(last.begin(), last.end(), std::size_t{0});
  std::size_t nearest_before = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    const std::size_t nearest_now = *std::min_element(row.begin(), row.end());
    if (nearest_before > most && nearest_now > most) {
      return nearest_now;
    }
    nearest_before = nearest_now;
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::vector<std::string_view> nearest_few(std::string_view word,
                                          std::span<const std::string_view> candidates,
                                          std::size_t most) {
  const std::size_t farthest = std::max<std::size_t>(1, word.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  Rows rows;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    if (longer - std::min(candidate.size(), word.size()) > farthest) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate, farthest, rows);
    if (distance <= farthest) {
      near.emplace_back(distance, candidate);
    }
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> few;
  for (std::size_t i = 0; i < std::min(most, near.size()); ++i) {
    few.push_back(near[i].second);
  }
  return few;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const auto best = nearest_few(word, candidates, 1);
  return best.empty() ? std::string_view() : best.front();
}

std::string suggest(std::string_view word, std::span<const std::string_view> candidates) {
  if (const std::string_view near = nearest(word, candidates); !near.empty()) {
    return "did you mean \"" + std::string(near) + "\"?";
  }
  constexpr std::size_t kMostListed = 24;
  if (candidates.empty() || candidates.size() > kMostListed) {
    return "";
  }
  std::string list = "allowed are ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    list += (i == 0 ? "" : ", ") + std::string(candidates[i]);
  }
  return list;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string join_words(std::span<const std::string> words, std::size_t most) {
  std::string joined;
  const std::size_t shown = words.size() > most + 1 ? most : words.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == words.size();
    joined += (i == 0 ? "" : is_last ? " and " : ", ") + words[i];
  }
  if (shown < words.size()) {
    joined += " and " + std::to_string(words.size() - shown) + " more";
  }
  return joined;
}

bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last `*`, and where what it stands for ends
  std::size_t end = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      end = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++end;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace outlast::base

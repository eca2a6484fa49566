#include "words/particles.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/utf8.h"

namespace outlast::words {

namespace {

/// How what a particle follows ends, as it is spoken.
enum class Ending { vowel, rieul, consonant };

std::optional<Ending> ending_of_syllable(std::uint32_t letter) {
  constexpr std::uint32_t kFirstSyllable = 0xAC00;
  constexpr std::uint32_t kLastSyllable = 0xD7A3;
  constexpr std::uint32_t kFinals = 28;
  constexpr std::uint32_t kRieul = 8;
  if (letter >= kFirstSyllable && letter <= kLastSyllable) {
    const std::uint32_t final = (letter - kFirstSyllable) % kFinals;
    return final == 0 ? Ending::vowel : final == kRieul ? Ending::rieul : Ending::consonant;
  }
  return std::nullopt;
}

bool is_in(char c, std::string_view letters) {
  return letters.find(c) != std::string_view::npos;
}

bool is_latin(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<Ending> ending_of_digit(char c) {
  return is_in(c, "178")     ? std::optional(Ending::rieul)
         : is_in(c, "036")   ? std::optional(Ending::consonant)
         : is_in(c, "2459%") ? std::optional(Ending::vowel)
                             : std::nullopt;
}

/// Of a letter that is read by its name: 에이, 비, 씨 …, but 엘, 엠, 엔, 알.
Ending ending_of_name(char c) {
  return is_in(c, "lr") ? Ending::rieul : is_in(c, "mn") ? Ending::consonant : Ending::vowel;
}

constexpr std::string_view kVowels = "aeiouy";

/// Of a word that is read as one, lower case; by the rules for foreign words: a stop after a vowel
/// closes the syllable (web, 웹), after a consonant or a long vowel it begins one (task, 태스크).
Ending ending_of_word(std::string_view word) {
  const auto ends = [&](std::string_view end) { return word.ends_with(end); };
  const char last = word.back();
  const bool follows_consonant = !is_in(word[word.size() - 2], kVowels);
  if (last == 'l' || ends("le")) {
    return Ending::rieul;
  }
  if (is_in(last, "mn") || ends("ng") || ends("me") || ends("ne") || ends("type") || ends("ck") ||
      (last == 'e' && ends("ette"))) {
    return Ending::consonant;
  }
  if (is_in(last, "bkptc") && !follows_consonant) {
    return Ending::consonant;
  }
  return ends("app") ? Ending::consonant : Ending::vowel;
}

/// Latin letters that stand together: a name that is spelled (DNS, db, us-east-1b) or a word. Of
/// CamelCase the last part is read.
Ending ending_of_latin(std::string_view run) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::size_t begin = 0;
  for (std::size_t i = 1; i < run.size(); ++i) {
    begin = is_upper(run[i]) && !is_upper(run[i - 1]) ? i : begin;
  }
  run.remove_prefix(begin);
  std::string word;
  for (const char c : run) {
    word += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const bool is_capitals = std::all_of(run.begin(), run.end(), is_upper);
  const bool has_vowel = word.find_first_of(kVowels) != std::string::npos;
  constexpr std::size_t kSpelled = 3;  // AWS, ECS, API; NAT and VALKEY are as good as words
  const bool is_spelled = word.size() == 1 || !has_vowel ||
                          (is_capitals && word.size() <= kSpelled && is_in(word.front(), kVowels));
  return is_spelled ? ending_of_name(word.back()) : ending_of_word(word);
}

/// The last letter that is read aloud: what is in brackets, and signs, are passed over.
std::optional<Ending> ending_of(std::string_view text) {
  std::optional<Ending> ending;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode_utf8(text, at);
    std::size_t bytes = point.bytes;
    depth += text[at] == '(' ? 1 : 0;
    if (depth == 0 && is_latin(text[at])) {
      bytes = 1;
      while (at + bytes < text.size() && is_latin(text[at + bytes])) {
        ++bytes;
      }
      ending = ending_of_latin(text.substr(at, bytes));
    } else if (depth == 0) {
      const auto here =
          point.value < 0x80 ? ending_of_digit(text[at]) : ending_of_syllable(point.value);
      ending = here ? here : ending;
    }
    depth -= text[at] == ')' && depth > 0 ? 1 : 0;
    at += bytes;
  }
  return ending;
}

struct Particle {
  std::string_view both;
  std::string_view after_consonant;
  std::string_view after_vowel;
  bool rieul_is_vowel = false;
};

constexpr Particle kParticles[] = {
    {"이(가)", "이", "가"}, {"은(는)", "은", "는"},         {"을(를)", "을", "를"},
    {"과(와)", "과", "와"}, {"(으)로", "으로", "로", true}, {"(이)면", "이면", "면"},
};

}  // namespace

std::string with_particles(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Particle* found = nullptr;
    for (const Particle& particle : kParticles) {
      if (text.substr(at).starts_with(particle.both)) {
        found = &particle;
      }
    }
    const auto ending = found == nullptr ? std::nullopt : ending_of(out);
    if (!ending) {
      out += text[at++];
      continue;
    }
    const bool is_vowel =
        ending == Ending::vowel || (ending == Ending::rieul && found->rieul_is_vowel);
    out += is_vowel ? found->after_vowel : found->after_consonant;
    at += found->both.size();
  }
  return out;
}

}  // namespace outlast::words

#include "words/particles.h"

#include <optional>

#include "base/utf8.h"

namespace outlast::words {

namespace {

/// How what a particle follows ends, as it is spoken.
enum class Ending { vowel, rieul, consonant };

std::optional<Ending> ending_of(std::uint32_t letter) {
  constexpr std::uint32_t kFirstSyllable = 0xAC00;
  constexpr std::uint32_t kLastSyllable = 0xD7A3;
  constexpr std::uint32_t kFinals = 28;
  constexpr std::uint32_t kRieul = 8;
  if (letter >= kFirstSyllable && letter <= kLastSyllable) {
    const std::uint32_t final = (letter - kFirstSyllable) % kFinals;
    return final == 0 ? Ending::vowel : final == kRieul ? Ending::rieul : Ending::consonant;
  }
  const std::string_view rieuls = "178lL";
  const std::string_view consonants = "036mnbkptcMNBKPTC";
  const std::string_view vowels = "%2459aeiouyrswhjfvxzdgqAEIOUYRSWHJFVXZDGQ";
  const char c = letter < 0x80 ? static_cast<char>(letter) : '\0';
  return c == '\0'                                      ? std::nullopt
         : rieuls.find(c) != std::string_view::npos     ? std::optional(Ending::rieul)
         : consonants.find(c) != std::string_view::npos ? std::optional(Ending::consonant)
         : vowels.find(c) != std::string_view::npos     ? std::optional(Ending::vowel)
                                                        : std::nullopt;
}

/// The last letter that is read aloud: what is in brackets, and signs, are passed over.
std::optional<Ending> ending_of(std::string_view text) {
  std::optional<Ending> ending;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode_utf8(text, at);
    depth += text[at] == '(' ? 1 : 0;
    if (depth == 0) {
      if (const auto here = ending_of(point.value)) {
        ending = here;
      }
    }
    depth -= text[at] == ')' && depth > 0 ? 1 : 0;
    at += point.bytes;
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

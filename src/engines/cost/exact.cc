#include "engines/cost/exact.h"

#include <algorithm>

namespace outlast::engines::cost {
namespace {

constexpr std::size_t kMostDigits = 30;
constexpr std::int64_t kMicroPerCent = 10'000;
constexpr std::int64_t kMostCents = std::int64_t{900'000'000'000'000};

mpz_class power_of_ten(std::size_t exponent) {
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
  return power;
}

/// The nearest whole number to a number that is not negative; a half is rounded up.
mpz_class rounded(const Exact& number) {
  const Exact up = number + Exact(1, 2);
  return up.get_num() / up.get_den();
}

}  // namespace

base::Result<Exact> parse_exact(std::string_view text) {
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? "" : text.substr(point + 1);
  const std::string digits = std::string(whole) + std::string(part);
  const bool are_digits =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (whole.empty() || (point != std::string_view::npos && part.empty()) || !are_digits ||
      digits.size() > kMostDigits) {
    return base::fail("expected a number such as 0.0052",
                      "digits with at most one point, thirty at most, and no exponent");
  }
  Exact number(mpz_class(digits, 10), power_of_ten(part.size()));
  number.canonicalize();
  return number;
}

base::Money to_cents(const Exact& dollars) {
  const mpz_class cents = rounded(dollars * 100);
  const std::int64_t most = kMostCents;
  return {(cents > mpz_class(std::to_string(most)) ? most : cents.get_si()) * kMicroPerCent};
}

std::string decimal_text(const Exact& number) {
  constexpr std::size_t kDecimals = 6;
  std::string digits = rounded(number * Exact(power_of_ten(kDecimals))).get_str();
  digits.insert(0, digits.size() <= kDecimals ? kDecimals + 1 - digits.size() : 0, '0');
  digits.insert(digits.size() - kDecimals, ".");
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits.back() == '.' ? digits.substr(0, digits.size() - 1) : digits;
}

Exact dollars_of(base::Money money) {
  Exact dollars(mpz_class(std::to_string(money.micro_usd), 10), mpz_class(1'000'000));
  dollars.canonicalize();
  return dollars;
}

}  // namespace outlast::engines::cost

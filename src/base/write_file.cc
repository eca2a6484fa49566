#include "base/write_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace outlast::base {

Result<Written> write_file(const std::string& path, std::string_view text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) {
    return fail(std::generic_category().message(errno));
  }
  const bool all_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int reason = errno;
  if (std::fclose(file) != 0 || !all_written) {
    return fail(std::generic_category().message(all_written ? errno : reason));
  }
  return Written{};
}

Result<Written> make_folder_of(const std::string& path) {
  std::error_code error;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && std::filesystem::create_directories(folder, error)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
  if (error) {
    return fail(error.message());
  }
  return Written{};
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || std::filesystem::equivalent(a, b, error);
}

}  // namespace outlast::base

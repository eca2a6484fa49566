#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace outlast::base {

/// Where inputs come from: the real disk, or a folder in memory for tests.
class FileSource {
 public:
  virtual ~FileSource() = default;

  enum class PathKind { missing, file, folder, other };
  [[nodiscard]] virtual PathKind kind_of(const std::string& path) const = 0;

  /// The whole file; "-" is standard input, and the only pipe that is read.
  /// errors  missing, unreadable, no regular file, larger than `limit` bytes; a sentence without
  ///         the path, and a remedy
  [[nodiscard]] virtual Result<std::string> read(const std::string& path,
                                                 std::size_t limit) const = 0;

  /// Its first `bytes`, or all of it where it has fewer, however large it is.
  /// errors  as of `read`
  [[nodiscard]] virtual Result<std::string> read_beginning(const std::string& path,
                                                           std::size_t bytes) const = 0;

  /// Regular files below a folder, relative to nothing (the folder's path is kept as prefix),
  /// sorted; hidden entries and what is behind links to folders are left out.
  [[nodiscard]] virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;
};

/// The real disk. Never waits for a FIFO or device: they are refused.
class DiskFiles final : public FileSource {
 public:
  [[nodiscard]] PathKind kind_of(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] Result<std::string> read_beginning(const std::string& path,
                                                   std::size_t bytes) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& folder) const override;
};

/// Files in memory, by path.
class MemoryFiles final : public FileSource {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  [[nodiscard]] PathKind kind_of(const std::string& path) const override;
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] Result<std::string> read_beginning(const std::string& path,
                                                   std::size_t bytes) const override;
  [[nodiscard]] Result<std::vector<std::string>> list(const std::string& folder) const override;

 private:
  std::map<std::string, std::string> files_;
};

/// Where relative paths begin; empty where the system does not tell.
[[nodiscard]] std::string working_folder();

}  // namespace outlast::base

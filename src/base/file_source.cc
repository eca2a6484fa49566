#include "base/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/byte_size.h"

namespace outlast::base {

namespace {

namespace fs = std::filesystem;

/// A file descriptor that closes itself; standard input is only borrowed.
/// Opening never waits: a pipe that nobody writes to would hold the program up for ever.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(path == "-" ? STDIN_FILENO
                            : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDIN_FILENO) {
      ::close(number_);
    }
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> missing() {
  return fail("does not exist", "is the path right? It is looked up from the current folder");
}

/// A pipe may wait and a device may never end; standard input is asked for by name.
tl::unexpected<Error> no_file() {
  return fail("is a pipe or device, not a file",
              "write what it holds to a file, or give it on standard input: - < PIPE");
}

/// What the system says, in words that go behind a path: "plan.json does not exist".
tl::unexpected<Error> failure_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return missing();
    case EACCES:
    case EPERM:
      return fail("may not be read: permission denied",
                  "make it readable (chmod u+r), or run outlast as the user who owns it");
    case EISDIR:
      return fail("is a folder");
    case ENXIO:
      return no_file();
    case ELOOP:
      return fail("is a link that leads back to itself", "point the link to a file");
    case ENAMETOOLONG:
      return fail("has a name that is too long", "is this the name of a file?");
    default:
      return fail(fmt::format("cannot be read: {}", std::strerror(error)),
                  "copy it to a disk that can be read, and give the copy");
  }
}

tl::unexpected<Error> too_large(std::size_t limit) {
  return fail(
      fmt::format("is larger than {}, the most that is read", byte_size(limit)),
      "give a part of it: of a plan one module or workspace, of a fault tree one top with what it "
      "needs");
}

/// How much an open file says it holds: nothing where it is a stream.
Result<std::size_t> readable_size(int descriptor, const std::string& path) {
  struct stat status = {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
    return failure_of(errno);
  }
  if (S_ISDIR(status.st_mode)) {
    return fail("is a folder");
  }
  if (S_ISREG(status.st_mode)) {
    return static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  }
  if (path != "-") {
    return no_file();
  }
  return std::size_t{0};
}

/// Reads until the end; one byte more than the limit is asked for, to tell "full" from "too large".
Result<std::string> read_stream(int descriptor, std::size_t expected, std::size_t limit) {
  constexpr std::size_t kSmallest = std::size_t{1} << 16U;
  limit = std::min(limit, std::string().max_size() - 1);
  std::string bytes;
  std::size_t used = 0;
  std::size_t room = std::min(std::max(expected, kSmallest), limit) + 1;
  while (true) {
    bytes.resize(room);
    const ssize_t got = ::read(descriptor, bytes.data() + used, room - used);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return failure_of(errno);
    }
    used += static_cast<std::size_t>(got);
    if (used > limit) {
      return too_large(limit);
    }
    if (got == 0) {
      bytes.resize(used);
      return bytes;
    }
    if (used == room) {
      room = std::min(room * 2, limit + 1);
    }
  }
}

bool is_hidden(std::string_view name) {
  return name.starts_with('.');
}

std::string without_last_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.pop_back();
  }
  return path;
}

std::string below(const std::string& folder, std::string_view name) {
  return fmt::format("{}{}{}", folder, folder.ends_with('/') ? "" : "/", name);
}

/// Adds the files of one folder and the folders to visit next; false if it cannot be read.
std::error_code list_one(const std::string& folder, std::vector<std::string>& files,
                         std::vector<std::string>& folders) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (is_hidden(name)) {
      continue;
    }
    std::error_code ignored;  // an entry that vanished meanwhile is neither
    if (entry->symlink_status(ignored).type() == fs::file_type::directory) {
      folders.push_back(below(folder, name));
    } else if (entry->is_regular_file(ignored)) {
      files.push_back(below(folder, name));
    }
  }
  return error;
}

/// "./a//b" and "a/b" are one file in memory, as they are on disk.
std::string plain_path(const std::string& path) {
  std::string plain = fs::path(path).lexically_normal().generic_string();
  plain = without_last_slash(std::move(plain));
  return plain == "." ? "" : plain;
}

bool has_hidden_part(std::string_view path) {
  return is_hidden(path) || path.find("/.") != std::string_view::npos;
}

}  // namespace

FileSource::PathKind DiskFiles::kind_of(const std::string& path) const {
  if (path == "-") {
    return PathKind::other;
  }
  std::error_code error;
  switch (fs::status(path, error).type()) {
    case fs::file_type::regular:
      return PathKind::file;
    case fs::file_type::directory:
      return PathKind::folder;
    case fs::file_type::not_found:
      return PathKind::missing;
    default:
      return PathKind::other;  // also what may not be looked at: reading it tells why
  }
}

Result<std::string> DiskFiles::read(const std::string& path, std::size_t limit) const {
  const Descriptor file(path);
  const auto size = readable_size(file.number(), path);
  if (!size) {
    return tl::unexpected<Error>(size.error());
  }
  if (*size > limit) {
    return too_large(limit);
  }
  return read_stream(file.number(), *size, limit);
}

Result<std::string> DiskFiles::read_beginning(const std::string& path, std::size_t bytes) const {
  const Descriptor file(path);
  if (const auto size = readable_size(file.number(), path); !size) {
    return tl::unexpected<Error>(size.error());
  }
  std::string beginning(bytes, '\0');
  std::size_t used = 0;
  while (used < bytes) {
    const ssize_t got = ::read(file.number(), beginning.data() + used, bytes - used);
    if (got < 0 && errno != EINTR) {
      return failure_of(errno);
    }
    if (got == 0) {
      break;
    }
    used += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  beginning.resize(used);
  return beginning;
}

Result<std::vector<std::string>> DiskFiles::list(const std::string& folder) const {
  std::vector<std::string> files;
  std::vector<std::string> folders;
  const std::error_code error = list_one(without_last_slash(folder), files, folders);
  if (error) {
    return error.value() == ENOTDIR ? fail("is not a folder") : failure_of(error.value());
  }
  while (!folders.empty()) {
    const std::string next = std::move(folders.back());
    folders.pop_back();
    (void)list_one(next, files, folders);  // what cannot be read below does not spoil the rest
  }
  std::sort(files.begin(), files.end());
  return files;
}

FileSource::PathKind MemoryFiles::kind_of(const std::string& path) const {
  if (files_.contains(path)) {
    return PathKind::file;
  }
  const std::string plain = plain_path(path);
  const std::string prefix = plain.empty() ? "" : plain + "/";
  for (const auto& [name, bytes] : files_) {
    const std::string known = plain_path(name);
    if (known == plain) {
      return PathKind::file;
    }
    if (known.starts_with(prefix)) {
      return PathKind::folder;
    }
  }
  return PathKind::missing;
}

Result<std::string> MemoryFiles::read(const std::string& path, std::size_t limit) const {
  if (kind_of(path) == PathKind::folder) {
    return fail("is a folder");
  }
  const std::string plain = plain_path(path);
  const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& file) {
    return file.first == path || plain_path(file.first) == plain;
  });
  if (found == files_.end()) {
    return missing();
  }
  if (found->second.size() > limit) {
    return too_large(limit);
  }
  return found->second;
}

Result<std::string> MemoryFiles::read_beginning(const std::string& path, std::size_t bytes) const {
  auto all = read(path, std::string().max_size());
  return all ? Result<std::string>(all->substr(0, bytes)) : all;
}

Result<std::vector<std::string>> MemoryFiles::list(const std::string& folder) const {
  if (kind_of(folder) != PathKind::folder) {
    return fail(kind_of(folder) == PathKind::file ? "is not a folder" : "does not exist");
  }
  const std::string plain = plain_path(folder);
  const std::string prefix = plain.empty() ? "" : plain + "/";
  std::vector<std::string> found;
  for (const auto& [name, bytes] : files_) {
    const std::string known = plain_path(name);
    if (known.starts_with(prefix) && !has_hidden_part(known.substr(prefix.size()))) {
      found.push_back(below(without_last_slash(folder), known.substr(prefix.size())));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string working_folder() {
  std::error_code error;
  return fs::current_path(error).generic_string();
}

}  // namespace outlast::base

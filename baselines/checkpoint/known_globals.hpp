#pragma once
#include <string_view>

#include "baselines/checkpoint/element_type.hpp"

namespace mbench::checkpoint {

/// What the reader makes of a name that a pickle refers to. Nothing is ever imported or called:
/// each role is a few lines of our own.
enum class GlobalRole {
  storage,            ///< class of a storage: stands for its element type
  ordered_dict,       ///< becomes a dict
  rebuild_tensor,     ///< (storage, offset, shape, strides, ...) becomes a tensor
  rebuild_parameter,  ///< (tensor, ...) becomes that tensor
  rebuild_from_type,  ///< (rebuild function, class, its arguments, attributes): a tensor likewise
  tensor_class,       ///< stands for itself among the arguments of rebuild_from_type
  tuple_class,        ///< torch.Size: becomes the tuple that it is given
  opaque,             ///< plain data beside the weights: whatever it makes is not looked into
};

struct KnownGlobal {
  std::string_view name;  ///< module and name: "collections.OrderedDict"
  GlobalRole role;
  ElementType type{ElementType::u8};  ///< of a storage
};

/// The entry of the name, or nullptr: then the reader refuses the file.
[[nodiscard]] const KnownGlobal* find_known_global(std::string_view module, std::string_view name);

}  // namespace mbench::checkpoint

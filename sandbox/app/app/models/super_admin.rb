class SuperAdmin < User
end

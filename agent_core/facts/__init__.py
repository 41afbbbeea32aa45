"""What a resume says, read from its page; and what makes two resumes the same one."""

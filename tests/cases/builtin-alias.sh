#### defined and used on the next line
alias e='echo aliased'
e a

#### not on its own line
alias e='echo no'; e a 2>/dev/null || echo not yet

#### listed
alias a=b c='d e'; alias a; alias c | sed "s/^alias //"; alias nosuch 2>/dev/null; echo $?

#### removed
alias e='echo no'; unalias e
e 2>/dev/null || echo gone

#### all removed
alias e='echo no' f='echo no'; unalias -a
e 2>/dev/null || echo gone; f 2>/dev/null || echo gone; alias

#### an unknown one
unalias nosuch 2>/dev/null; test $? -ne 0 && echo failed

#### not in itself
alias echo='echo x'
echo a

#### in each other
alias a='b 1' b='echo 2'
a

#### two that name each other
alias a='b' b='a'
a 2>/dev/null || echo not found

#### a blank at the end
alias e='echo ' w='word two'
e w w

#### no blank at the end
alias e='echo' w='word'
e w

#### quoted words are none
alias e='echo no'
\e 2>/dev/null || echo quoted; 'e' 2>/dev/null || echo quoted; "e" 2>/dev/null || echo quoted

#### only command names
alias w='no'
echo w; for w in 1; do echo $w; done

#### after operators
alias e='echo x'
true && e a; e b | cat; { e c; }; (e d); if true; then e e; fi; ! e f

#### reserved words from aliases
alias begin='{' end='}' ift='if true; then'
begin echo a; end
ift echo b; fi

#### several commands
alias two='echo 1; echo 2'
two

#### an unfinished command
alias q='echo "a'
q b"

#### redefined
alias e='echo 1'
e
alias e='echo 2'
e

#### after an assignment
alias e='echo x'
v=1 e a

#### after a redirection
alias e='echo x'
>f e a; cat f

#### in a function it is the alias of its definition
alias e='echo old'
f() { e a; }
alias e='echo new'
f

#### in eval
alias e='echo x'; eval 'e a'

#### a comment in an alias
alias e='echo a #'
e b

#### in a substitution
alias e='echo x'
x=$(e a); echo $x; echo `e b`

#### an alias of a special character's name
alias ..='echo up'
..

#### reserved words are not looked up
alias if='echo no'
if true; then echo yes; fi


#### an alias of nothing, also behind a pipe
alias a=
a
a echo foo | a
cat

#### an alias of a blank behind an operator
alias b=' '
echo ok | b
cat
true && b
echo yes

#### an alias gives !
alias e='! echo'
if e if; then echo then; else echo else; fi

#### an alias with a blank before a case pattern
## dash: takes the word as it stands
alias c='case a in ' p='(a)'
c p echo yes; esac

#### an alias with a blank before the parenthesis of a pattern
alias c='case a in a ' p=') echo A; esac'
c p

#### an alias with a blank before a function's parentheses
alias f='f ' p='()'
f p
{ echo F; }
\f

#### no alias for a reserved word behind an alias with a blank
alias forx='for x ' do=';'
set 1
forx do echo $x; done

#### aliases in a chain of blanks
alias c=cat e='echo '
e c c cat
alias c='cat '
e c c cat

#### an alias in the text of an alias, each with a blank
alias Echo='echo '
alias foo='bar stuff '
alias bar='Bar1 Bar2 '
alias stuff='Stuff'
alias blah='Blah'
Echo foo blah

#### aliases that name each other behind a blank
alias Echo='echo '
alias fooBar=barFoo
alias barFoo=fooBar
Echo fooBar
unalias barFoo
Echo fooBar

#### a blank at the end of an inner alias
## bash: does not see it
alias Echo='echo '
alias foo='bar bar'
alias bar='Bar '
alias blah=Blah
Echo foo blah

#### an alias with a blank before a delimiter
alias c='cat << ' d='cat <<-' x=y
c x
x
y
c 'x'
quoted
x
d x
no blank
x
cat << x
no alias
x

#### an alias with a blank before a loop's name and in
alias f='for ' g='for i ' h='for i in 1 ' i=k IN=in D='; do'
f i in 1; do echo "$i$k"; done; g IN 2; do echo "$i"; done; h D echo "$i"; done


#### a loop may be named by an alias that is spelled like a reserved word
alias f=' for ' v=' do ' do=' k '
f v in 1 2; do echo "$k"; done

#### of nothing, before a newline, leaves the status
alias e=
(exit 13)
e
echo $?

#### that is the end of a list
alias d='do echo' dn='done | cat'
until false; d one; break; dn
alias f='fi'
if :; then echo two; f

#### of nothing, alone on a line of a compound command
alias e=
{ e
echo x; }
if :; then e
echo y; fi
